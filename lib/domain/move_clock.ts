/**
 * What it means for a service that the monitor's own clock was set.
 *
 * @module
 */

import type { Alert } from "./alert.ts";
import type { FlapState } from "./flapping.ts";
import type { SeriesSample } from "./sample.ts";
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
    tails: byMs < 0 ? moveSamples(state.tails, byMs) : state.tails,
    // Whether the senders' clocks were set as well is not known: no span may reach across.
    runs: {},
    alerts: mapValues(state.alerts, (alert) => moveAlert(alert, byMs)),
    flaps: mapValues(state.flaps, (flap) => moveFlap(flap, byMs)),
  };
}

/** What is on record about an alert stays; what time is still measured from moves. */
function moveAlert(alert: Alert, byMs: number): Alert {
  const { seenAt, calmSince, begunAt } = alert;
  return {
    ...alert,
    seenAt: seenAt + byMs,
    begunAt: begunAt + byMs,
    calmSince: calmSince === null ? null : calmSince + byMs,
  };
}

/** Returns what is known of flapping as if all of it had happened `byMs` later. */
export function moveFlap({ changes, since }: FlapState, byMs: number): FlapState {
  return {
    changes: changes.map((at) => at + byMs),
    since: since === null ? null : since + byMs,
  };
}

function moveSamples(
  series: Readonly<Record<string, readonly SeriesSample[]>>,
  byMs: number,
): Readonly<Record<string, readonly SeriesSample[]>> {
  return mapValues(
    series,
    (samples) => samples.map(({ at, value }) => ({ at: at + byMs, value })),
  );
}

/** Returns a record with other values. */
export function mapValues<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
