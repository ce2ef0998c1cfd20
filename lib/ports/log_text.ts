/**
 * Values as they stand in a log: JSON that fits on one line of a terminal and does nothing there.
 *
 * @module
 */

/**
 * What JSON leaves as it is, and a terminal or an editor does not take for a letter: DEL and the controls above ASCII,
 * which may begin a sequence of the terminal (ECMA-48), ends of line of Unicode, marks of direction and byte order.
 */
const ACTING = /[\u007f-\u009f\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

/**
 * Returns a value as JSON in which nothing acts on what shows it. What has no place in JSON is `null`.
 *
 * @example
 * ```ts
 * import { formatLogValue } from "@/lib/ports/log_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatLogValue("a\u202eb\u009b2J"), '"a\\u202eb\\u009b2J"');
 * ```
 */
export function formatLogValue(value: unknown): string {
  return (JSON.stringify(value) ?? "null").replace(ACTING, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
