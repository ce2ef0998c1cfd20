/**
 * What a time in which nobody listened means for jobs, whose words may have been lost in it.
 *
 * @module
 */

import { silenceRules } from "./fresh_series.ts";
import type { Instant } from "./instant.ts";
import { dueAfter } from "./schedule.ts";
import type { ServiceState } from "./service.ts";

/** The time in which no monitor was running. */
export interface Absence {
  /** When it was last known to run. */
  readonly aliveAt: Instant;
  /** When it runs again. */
  readonly now: Instant;
}

/** In an absence up to this no word is lost, in milliseconds: who gets no answer tries again for as long. */
export const RETRIED_MS = 60_000;

/**
 * Returns the sign from which the silence of a job goes on: the absence was too short to lose one, or none was
 * due before its end. `null` if silence begins anew, as that of what is no job does.
 */
export function signBefore(state: ServiceState, { aliveAt, now }: Absence): Instant | null {
  const schedules = silenceRules(state.rules).flatMap(({ schedule }) => schedule ?? []);
  const sign = Math.min(state.lastHeartbeat ?? knownSince(state) ?? now, now);
  if (schedules.length === 0) return null;
  if (now - aliveAt <= RETRIED_MS) return sign;
  const dueAt = schedules.map((each) => (dueAfter(each, sign) ?? Infinity) + each.slackMs);
  return Math.min(...dueAt) > now ? sign : null;
}

/** Returns since when silence counted of what was never heard of; `null` if that is not on record. */
function knownSince({ status, since, alerts }: ServiceState): Instant | null {
  const [sign] = Object.values(alerts).flatMap(({ rule, latest }) =>
    rule.kind === "missingHeartbeat" ? latest.evidence.slice(-1) : []
  );
  return sign?.at ?? (status === "UNKNOWN" ? since : null);
}
