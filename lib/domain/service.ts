/**
 * The heart of Vitals: what one service's samples and silences mean. {@linkcode step} is a pure function of
 * state, event and time; live monitoring and replay run it alike.
 *
 * @module
 */

import { advanceAlert, type Alert, type AlertTransition, endAlert } from "./alert.ts";
import { explainRemovedRule } from "./explain.ts";
import type { Instant } from "./instant.ts";
import { judge } from "./judgement.ts";
import { moveClock } from "./move_clock.ts";
import { type MissingHeartbeatRule, type Rule, samplesNeeded, type ThresholdRule } from "./rule.ts";
import type { Sample, SeriesSample } from "./sample.ts";
import { deriveStatus, type Status } from "./status.ts";

/** What is remembered of a service between events. */
export interface ServiceState {
  /** Name of the service. */
  readonly service: string;
  /** When monitoring it began; silence counts from here until the first heartbeat. */
  readonly startedAt: Instant;
  /** The rules that apply to it. */
  readonly rules: readonly Rule[];
  /** How it is, as derived from the alerts. */
  readonly status: Status;
  /** Since when it has this status. */
  readonly since: Instant;
  /** When the last sign of life arrived, by our clock; `null` before the first. */
  readonly lastHeartbeat: Instant | null;
  /** The instant of the newest sample, by the sender's clock; `null` before the first. */
  readonly newestAt: Instant | null;
  /** By metric id: the newest samples, oldest first, as many as the rules need. */
  readonly tails: Readonly<Record<string, readonly SeriesSample[]>>;
  /** By rule name: the alerts that exist. */
  readonly alerts: Readonly<Record<string, Alert>>;
}

/** What can happen to a service. */
export type ServiceEvent =
  /** A sample came; without metrics it is a bare heartbeat. */
  | { readonly kind: "sample"; readonly sample: Sample }
  /** A deadline may have passed. */
  | { readonly kind: "deadline" }
  /** Configuration changed. */
  | { readonly kind: "rules"; readonly rules: readonly Rule[] }
  /** Our own clock was set, by so many milliseconds; negative if it was set back. */
  | { readonly kind: "clock"; readonly byMs: number };

/** The record of a change of status. */
export interface StatusTransition {
  /** Tells transitions of status from those of alerts. */
  readonly kind: "status";
  /** Name of the service. */
  readonly service: string;
  /** The status until now. */
  readonly from: Status;
  /** The status from now on. */
  readonly to: Status;
  /** When it changed. */
  readonly at: Instant;
}

/** Anything that {@linkcode step} decided. */
export type Transition = AlertTransition | StatusTransition;

/** The effect of an event. */
export interface StepResult {
  /** The state from now on; the same object if nothing changed. */
  readonly state: ServiceState;
  /** What happened, in order; a change of status comes last. */
  readonly transitions: readonly Transition[];
  /** When a deadline event is due, `null` for never. Nothing has to be polled before. */
  readonly deadline: Instant | null;
}

/** Returns the state of a service of which nothing was heard yet. */
export function startService(service: string, rules: readonly Rule[], now: Instant): ServiceState {
  return {
    service,
    startedAt: now,
    rules,
    status: "UNKNOWN",
    since: now,
    lastHeartbeat: null,
    newestAt: null,
    tails: {},
    alerts: {},
  };
}

/**
 * Returns what an event at `now` means for a service.
 *
 * Silence is never recovery: only a fresh sample of a series moves the alerts on that series, and only a
 * heartbeat ends a missing-heartbeat alert. A sample older than the newest is late and moves no series; it is
 * a sign of life all the same if it was taken just now, as when the sender's clock was put right.
 * Liveness goes by our clock, so a sender whose clock is wrong still is alive.
 *
 * @example Five seconds of silence
 * ```ts
 * import { startService, step } from "@/lib/domain/service.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sample = { service: "checkout", at: 1_000, metrics: { cpu: 20 } };
 * const heard = step(startService("checkout", DEFAULT_RULES, 0), { kind: "sample", sample }, 1_000);
 * assertEquals([heard.state.status, heard.deadline], ["HEALTHY", 6_000]);
 *
 * const silent = step(heard.state, { kind: "deadline" }, 6_000);
 * assertEquals([silent.state.status, silent.deadline], ["DOWN", null]);
 * ```
 */
export function step(state: ServiceState, event: ServiceEvent, now: Instant): StepResult {
  switch (event.kind) {
    case "sample":
      return takeSample(state, event.sample, now);
    case "deadline":
      return settle(noteSilences(start(state), now), now);
    case "rules":
      return settle(noteSilences(replaceRules(state, event.rules, now), now), now);
    case "clock":
      return settle(noteSilences(start(moveClock(state, event.byMs)), now), now);
  }
}

/** Tells whether a sample is older than what is known of its service, and so moves no series. */
export function isLate(state: Pick<ServiceState, "newestAt">, sample: Pick<Sample, "at">): boolean {
  return state.newestAt !== null && sample.at < state.newestAt;
}

/** Returns when silence will break the next rule; `null` if none can. */
export function nextDeadline(state: ServiceState): Instant | null {
  const due = silenceRules(state)
    .filter((rule) => state.alerts[rule.name] === undefined)
    .map((rule) => lastSign(state) + rule.limitMs);
  return due.length === 0 ? null : Math.min(...due);
}

/** A state on its way through one event, with what happened so far. */
interface Draft {
  readonly state: ServiceState;
  readonly transitions: readonly AlertTransition[];
}

function start(state: ServiceState): Draft {
  return { state, transitions: [] };
}

function takeSample(state: ServiceState, sample: Sample, now: Instant): StepResult {
  // A silence that ends with this very sample was a silence all the same.
  const before = noteSilences(start(state), now);
  const heard = isSignOfLife(state, sample, now) ? hear(before, sample, now) : before;
  if (isLate(state, sample)) return settle(heard, now);
  const fresh = freshSeries(state, sample);
  const tails = { ...state.tails, ...fresh };
  const fed = { ...heard, state: { ...heard.state, newestAt: sample.at, tails } };
  return settle(judgeSeries(fed, fresh, now), now);
}

/** How far from our clock an instant that is no news may be to count as just now, in milliseconds. */
const JUST_NOW_MS = 5_000;

/** What is no news by its instant may be a repeat of long ago; then it says nothing about now. */
function isSignOfLife({ newestAt }: ServiceState, { at }: Sample, now: Instant): boolean {
  return newestAt === null || at > newestAt || Math.abs(now - at) <= JUST_NOW_MS;
}

/** The one place where silence ends. */
function hear(draft: Draft, { at }: Sample, now: Instant): Draft {
  const newestAt = Math.max(at, draft.state.newestAt ?? at);
  const heard = { ...draft, state: { ...draft.state, lastHeartbeat: now, newestAt } };
  return judgeSilences(heard, { now, heard: true });
}

/** Returns the tails of the series that the sample really moves on: a repeated instant is no news. */
function freshSeries(
  state: ServiceState,
  { at, metrics }: Sample,
): Readonly<Record<string, readonly SeriesSample[]>> {
  const fresh: Record<string, readonly SeriesSample[]> = {};
  for (const [metric, value] of Object.entries(metrics)) {
    const tail = state.tails[metric] ?? [];
    if ((tail.at(-1)?.at ?? -Infinity) >= at) continue;
    fresh[metric] = [...tail, { at, value }].slice(-tailLength(state.rules, metric));
  }
  return fresh;
}

function tailLength(rules: readonly Rule[], metric: string): number {
  return Math.max(1, ...thresholdsOn(rules, metric).map(samplesNeeded));
}

function thresholdsOn(rules: readonly Rule[], metric: string): ThresholdRule[] {
  return rules.filter((rule): rule is ThresholdRule =>
    rule.kind === "threshold" && rule.metric.id === metric
  );
}

function judgeSeries(draft: Draft, fresh: ServiceState["tails"], now: Instant): Draft {
  return Object.entries(fresh).reduce(
    (series, [metric, tail]) =>
      thresholdsOn(draft.state.rules, metric)
        .reduce((each, rule) => applyRule(each, { rule, evidence: tail, now }), series),
    draft,
  );
}

/** Lets silence break rules; it ends none. */
function noteSilences(draft: Draft, now: Instant): Draft {
  return judgeSilences(draft, { now, heard: false });
}

function judgeSilences(
  draft: Draft,
  { now, heard }: { readonly now: Instant; readonly heard: boolean },
): Draft {
  const evidence = [{ at: lastSign(draft.state), value: 0 }];
  return silenceRules(draft.state)
    .filter((rule) => heard || draft.state.alerts[rule.name] === undefined)
    .reduce((each, rule) => applyRule(each, { rule, evidence, now }), draft);
}

function silenceRules(state: ServiceState): MissingHeartbeatRule[] {
  return state.rules.filter((rule) => rule.kind === "missingHeartbeat");
}

function lastSign(state: ServiceState): Instant {
  return state.lastHeartbeat ?? state.startedAt;
}

interface Application {
  readonly rule: Rule;
  readonly evidence: readonly SeriesSample[];
  readonly now: Instant;
}

function applyRule(draft: Draft, { rule, evidence, now }: Application): Draft {
  const found = judge(rule, evidence, now);
  if (found === undefined) return draft;
  const before = draft.state.alerts[rule.name];
  if (before === undefined && !found.breached) return draft;
  const { alert, transition } = advanceAlert(before, found, {
    service: draft.state.service,
    rule,
    now,
  });
  return {
    state: { ...draft.state, alerts: withAlert(draft.state.alerts, rule.name, alert) },
    transitions: transition === undefined ? draft.transitions : [...draft.transitions, transition],
  };
}

function withAlert(
  alerts: ServiceState["alerts"],
  rule: string,
  alert: Alert | undefined,
): ServiceState["alerts"] {
  if (alert !== undefined) return { ...alerts, [rule]: alert };
  const { [rule]: _ended, ...others } = alerts;
  return others;
}

/** Alerts whose rule is gone, or now looks at something else, end: a person said so. */
function replaceRules(state: ServiceState, rules: readonly Rule[], now: Instant): Draft {
  const ended = Object.values(state.alerts).filter((alert) =>
    !rules.some((rule) => watchesTheSame(rule, alert.rule))
  );
  const alerts = ended.reduce(
    (left, alert) => withAlert(left, alert.rule.name, undefined),
    state.alerts,
  );
  return {
    state: { ...state, rules, alerts },
    transitions: ended.map((alert) => endAlert(alert, now, explainRemovedRule(alert.rule))),
  };
}

function watchesTheSame(a: Rule, b: Rule): boolean {
  if (a.name !== b.name) return false;
  if (a.kind === "missingHeartbeat") return b.kind === a.kind;
  return b.kind === a.kind && a.metric.id === b.metric.id && a.direction === b.direction;
}

function settle({ state, transitions }: Draft, now: Instant): StepResult {
  const firing = Object.values(state.alerts)
    .filter((alert) => alert.kind === "firing")
    .map((alert) => alert.rule);
  const status = deriveStatus({ firing, seen: state.lastHeartbeat !== null });
  if (status === state.status) return { state, transitions, deadline: nextDeadline(state) };
  const change: StatusTransition = {
    kind: "status",
    service: state.service,
    from: state.status,
    to: status,
    at: now,
  };
  const settled = { ...state, status, since: now };
  return { state: settled, transitions: [...transitions, change], deadline: nextDeadline(settled) };
}
