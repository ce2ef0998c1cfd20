/**
 * Lines and columns of a text.
 *
 * @module
 */

import type { Position } from "./config_error.ts";

/**
 * Returns a function that gives line and column of an offset in `text`, each call in logarithmic time: a
 * file can have as many mistakes as it has characters.
 *
 * @example
 * ```ts
 * import { textPositions } from "@/lib/config/text_position.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textPositions("{\n  1")(4), { line: 2, column: 3 });
 * ```
 */
export function textPositions(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = countUpTo(starts, offset);
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
}

/** Returns how many of the sorted numbers are at most `limit`. */
function countUpTo(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
