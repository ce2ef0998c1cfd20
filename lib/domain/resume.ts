/**
 * What it means for a service that nobody looked for a while, because the monitor was not running.
 *
 * @module
 */

import { type Absence, signBefore } from "./absence.ts";
import { mapValues, moveClock, moveFlap } from "./move_clock.ts";
import { type ServiceState, step, type StepResult } from "./service.ts";

/**
 * Returns the state to go on from. What fires goes on firing, since when it did; what was not heard of since
 * is `UNKNOWN`, and is `DOWN` only after a whole limit of silence from now on. No span of time reaches across
 * the absence, but for the silence of a job that cannot have been missed: it goes on, or a job of each day would
 * never be late where a monitor is restarted each day. A clock that reads less than when the monitor was last alive was set back meanwhile.
 *
 * @example
 * ```ts
 * import { resumeService } from "@/lib/domain/resume.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { startService, step } from "@/lib/domain/service.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sample = { service: "checkout", at: 1_000, metrics: { cpu: 20 } };
 * const heard = step(startService("checkout", DEFAULT_RULES, 0), { kind: "sample", sample }, 1_000);
 * const after = resumeService(heard.state, { aliveAt: 2_000, now: 90_000 });
 * assertEquals([after.state.status, after.deadline], ["UNKNOWN", 95_000]);
 * ```
 */
export function resumeService(before: ServiceState, { aliveAt, now }: Absence): StepResult {
  const moved = now < aliveAt ? moveClock(before, now - aliveAt) : before;
  const sign = signBefore(moved, { aliveAt, now });
  const heardAs = moved.status === "UNKNOWN" || sign !== null
    ? moved.heardAs
    : { status: moved.status, since: moved.since };
  const byMs = Math.max(0, now - aliveAt);
  const state = {
    ...{ ...moved, startedAt: sign ?? now, runs: {}, heardAs },
    // Neither calm nor a change was seen meanwhile.
    alerts: mapValues(moved.alerts, (alert) => ({ ...alert, calmSince: null })),
    flaps: mapValues(moved.flaps, (flap) => moveFlap(flap, byMs)),
  };
  return step(state, { kind: "deadline" }, now);
}
