/**
 * How instants travel: the first as it is, each further one as the difference from the one before, which
 * keeps a window of 60 samples a second apart at a few bytes each.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

/**
 * Returns instants in the form of `MetricView.times`. Whole milliseconds come back exactly.
 *
 * @example
 * ```ts
 * import { decodeTimes, encodeTimes } from "@/lib/protocol/times.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(encodeTimes([1_000, 2_000, 3_500]), [1_000, 1_000, 1_500]);
 * assertEquals(decodeTimes([1_000, 1_000, 1_500]), [1_000, 2_000, 3_500]);
 * ```
 */
export function encodeTimes(instants: readonly Instant[]): number[] {
  let before = 0;
  return instants.map((at) => {
    const difference = at - before;
    before = at;
    return difference;
  });
}

/** Returns the instants that {@linkcode encodeTimes} was given. */
export function decodeTimes(times: readonly number[]): Instant[] {
  let at = 0;
  return times.map((difference) => at += difference);
}
