/**
 * The status strip: the worst status of a service in each of the last few equal spans of time. It is a
 * value that travels to the browser, where the same functions move it on between messages.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
import { compareStatus, type Status } from "./status.ts";

/** Length of one slot in milliseconds, unless told otherwise. */
export const STRIP_STEP_MS = 5_000;

/** How many slots are kept. */
export const STRIP_SLOTS = 48;

/** The statuses of the last {@linkcode STRIP_SLOTS} slots. */
export interface StatusStrip {
  /** Start of the first slot; a multiple of `stepMs`. */
  readonly from: Instant;
  /** Length of a slot, in milliseconds. */
  readonly stepMs: number;
  /** One letter a slot, oldest first: `H`, `D` (degraded), `X` (down), `U` (unknown). */
  readonly slots: string;
}

const LETTERS: Readonly<Record<Status, string>> = {
  HEALTHY: "H",
  DEGRADED: "D",
  DOWN: "X",
  UNKNOWN: "U",
};

const STATUSES: Readonly<Record<string, Status>> = {
  H: "HEALTHY",
  D: "DEGRADED",
  X: "DOWN",
  U: "UNKNOWN",
};

/** Returns a strip whose only slot is the current one. */
export function startStrip(status: Status, now: Instant, stepMs = STRIP_STEP_MS): StatusStrip {
  return { from: now - now % stepMs, stepMs, slots: LETTERS[status] };
}

/**
 * Returns the strip moved on to `now`: `status` held since the last call and still holds. The same object
 * comes back while the current slot lasts, and when the clock was set back.
 *
 * @example Ten seconds are two slots
 * ```ts
 * import { advanceStrip, startStrip } from "@/lib/domain/status_strip.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(advanceStrip(startStrip("DOWN", 0), "DOWN", 10_000).slots, "XXX");
 * ```
 */
export function advanceStrip(strip: StatusStrip, status: Status, now: Instant): StatusStrip {
  const behind = Math.floor((now - strip.from) / strip.stepMs) + 1 - strip.slots.length;
  if (behind <= 0) return strip;
  const grown = strip.slots + LETTERS[status].repeat(Math.min(behind, STRIP_SLOTS));
  const slots = grown.slice(-STRIP_SLOTS);
  const last = now - now % strip.stepMs;
  return { ...strip, from: last - (slots.length - 1) * strip.stepMs, slots };
}

/** Returns the strip with `status` noted in the current slot, where the worst status of the slot stays. */
export function markStrip(strip: StatusStrip, status: Status): StatusStrip {
  const noted = STATUSES[strip.slots.slice(-1)] ?? "UNKNOWN";
  // UNKNOWN says "nothing heard yet" and is over once anything was.
  if (noted !== "UNKNOWN" && compareStatus(status, noted) >= 0) return strip;
  if (noted === status) return strip;
  return { ...strip, slots: strip.slots.slice(0, -1) + LETTERS[status] };
}

/** Returns the strip after our clock was set by `byMs`, to the nearest slot. */
export function moveStrip(strip: StatusStrip, byMs: number): StatusStrip {
  const { from, stepMs } = strip;
  return { ...strip, from: from + Math.round(byMs / stepMs) * stepMs };
}

/** Returns the statuses of a strip, oldest first. */
export function stripStatuses(strip: StatusStrip): readonly Status[] {
  return [...strip.slots].map((letter) => STATUSES[letter] ?? "UNKNOWN");
}
