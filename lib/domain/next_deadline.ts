/**
 * When time alone will change something about a service. Nothing has to be polled before.
 *
 * @module
 */

import type { Alert } from "./alert.ts";
import { calmsAt } from "./flapping.ts";
import { type DurationRule, durationRules, silenceRules } from "./fresh_series.ts";
import type { Instant } from "./instant.ts";
import { completesAt, latestBreaches } from "./judgement.ts";
import type { MissingHeartbeatRule, ThresholdRule } from "./rule.ts";
import { limitsSince } from "./schedule.ts";
import type { ServiceState } from "./service.ts";

/**
 * Returns the next instant at which silence breaks a rule or makes an alert critical, a breach has lasted as
 * long as its rule asks for, or flapping ends; `null` if no such instant comes.
 */
export function nextDeadline(state: ServiceState): Instant | null {
  const due = [
    ...silenceRules(state.rules).map((rule) => silenceDue(state, rule)),
    ...durationRules(state.rules).map((rule) => holdDue(state, rule)),
    ...Object.values(state.flaps).map((flap) => calmsAt(flap, state.flapPolicy)),
  ].filter((at) => at !== null);
  return due.length === 0 ? null : Math.min(...due);
}

/** Returns when silence, as it is counted, began: a restart of the monitor begins it anew. */
export function lastSign(state: Pick<ServiceState, "lastHeartbeat" | "startedAt">): Instant {
  return Math.max(state.lastHeartbeat ?? state.startedAt, state.startedAt);
}

function silenceDue(state: ServiceState, rule: MissingHeartbeatRule): Instant | null {
  const alert = state.alerts[rule.name];
  const sign = lastSign(state);
  const { limitMs, criticalMs } = limitsSince(rule, sign);
  if (alert === undefined || alert.calmSince !== null) return sign + limitMs;
  if (criticalMs === null || alert.severity === "critical") return null;
  return sign + criticalMs;
}

function holdDue(state: ServiceState, rule: DurationRule): Instant | null {
  const alert = state.alerts[rule.name];
  const run = state.runs[rule.name];
  if (alert === undefined || run === undefined) return null;
  const limit = nextLimit(rule, alert);
  if (limit === null) return null;
  return completesAt(rule.hold.durationMs, latestBreaches(rule, run, limit), alert.seenAt);
}

/** Returns the limit that is still to be held for long enough; `null` if there is none. */
function nextLimit(rule: ThresholdRule, alert: Alert): number | null {
  if (alert.kind === "pending") return rule.limit;
  return alert.severity === "critical" ? null : rule.critical;
}
