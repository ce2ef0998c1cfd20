/**
 * What it means for a service that the monitor's own clock was set.
 *
 * @module
 */

import type { ServiceState } from "./service.ts";

/**
 * Returns the state with all that is measured against our clock moved along with it, so that a set clock is
 * neither silence nor life.
 *
 * @param byMs By how much the clock was set; negative if it was set back.
 *
 * @example
 * ```ts
 * import { moveClock } from "@/lib/domain/move_clock.ts";
 * import { startService } from "@/lib/domain/service.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(moveClock(startService("checkout", [], 10_000), -4_000).startedAt, 6_000);
 * ```
 */
export function moveClock(state: ServiceState, byMs: number): ServiceState {
  return {
    ...state,
    startedAt: state.startedAt + byMs,
    lastHeartbeat: state.lastHeartbeat === null ? null : state.lastHeartbeat + byMs,
    // Senders on this machine now date their samples back; else all of them would be late.
    newestAt: state.newestAt === null ? null : state.newestAt + Math.min(0, byMs),
    tails: byMs < 0 ? moveTails(state.tails, byMs) : state.tails,
  };
}

function moveTails(tails: ServiceState["tails"], byMs: number): ServiceState["tails"] {
  return Object.fromEntries(
    Object.entries(tails).map(([metric, tail]) => [
      metric,
      tail.map(({ at, value }) => ({ at: at + byMs, value })),
    ]),
  );
}
