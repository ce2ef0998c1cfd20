/**
 * NDJSON: one JSON value a line.
 *
 * @module
 */

/** A line that holds something. */
export interface Line {
  /** Counted from 1, blank lines included. */
  readonly number: number;
  /** What stands on it, without space around. */
  readonly text: string;
}

/**
 * Returns the lines that hold something, in order. Lines end with `\n` or `\r\n`, the last one may also end
 * with the text.
 *
 * @example
 * ```ts
 * import { splitLines } from "@/lib/protocol/ndjson.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(splitLines('{"a":1}\n\n{"a":2}\n'), [
 *   { number: 1, text: '{"a":1}' },
 *   { number: 3, text: '{"a":2}' },
 * ]);
 * ```
 */
export function splitLines(text: string): Line[] {
  return text.split("\n")
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== "");
}
