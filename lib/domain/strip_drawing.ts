/**
 * The status strip for the eye and for the ear: one shape a status, and one sentence.
 *
 * @module
 */

import * as words from "@/texts/statuses.ts";

import { formatDuration } from "./instant.ts";
import { type Status, STATUSES_BY_SEVERITY } from "./status.ts";
import { type StatusStrip, STRIP_SLOTS, stripStatuses } from "./status_strip.ts";

/** All slots of one status. */
export interface StripShape {
  /** The status that held. */
  readonly status: Status;
  /** The `d` of an SVG path in a drawing that is {@linkcode STRIP_SLOTS} wide and 1 high. */
  readonly path: string;
}

/**
 * Returns a shape for each status in the strip, worst first. The newest slot is at the right end; what
 * was before the first slot stays empty.
 *
 * @example
 * ```ts
 * import { drawStrip } from "@/lib/domain/strip_drawing.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(drawStrip({ from: 0, stepMs: 5_000, slots: "HHX" }), [
 *   { status: "DOWN", path: "M47 0h1v1h-1z" },
 *   { status: "HEALTHY", path: "M45 0h2v1h-2z" },
 * ]);
 * ```
 */
export function drawStrip(strip: StatusStrip): readonly StripShape[] {
  const slots = stripStatuses(strip).slice(-STRIP_SLOTS);
  return STATUSES_BY_SEVERITY
    .map((status) => ({ status, path: traceSlots(slots, status) }))
    .filter((shape) => shape.path !== "");
}

/**
 * Returns the strip in words: how long each status held, the worst last.
 *
 * @example
 * ```ts
 * import { describeStrip } from "@/lib/domain/strip_drawing.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   describeStrip({ from: 0, stepMs: 5_000, slots: "H".repeat(40) + "D".repeat(8) }),
 *   "Last 4 min: healthy 3 min, degraded 40 s",
 * );
 * ```
 */
export function describeStrip(strip: StatusStrip): string {
  const slots = stripStatuses(strip);
  const parts = STATUSES_BY_SEVERITY.toReversed().flatMap((status) => {
    const count = slots.filter((slot) => slot === status).length;
    if (count === 0) return [];
    const held = count === slots.length ? words.throughout : formatDuration(count * strip.stepMs);
    return [`${words.statusWords[status]} ${held}`];
  });
  return words.lately(formatDuration(slots.length * strip.stepMs), parts);
}

function traceSlots(slots: readonly Status[], status: Status): string {
  let path = "";
  for (let start = 0; start < slots.length; start++) {
    let end = start;
    while (slots[end] === status) end++;
    if (end === start) continue;
    path += `M${STRIP_SLOTS - slots.length + start} 0h${end - start}v1h-${end - start}z`;
    start = end;
  }
  return path;
}
