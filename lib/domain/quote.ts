/**
 * How messages show a value that somebody sent or wrote.
 *
 * @module
 */

/** Longer text is cut, so that a message stays a line. */
const MAX_SHOWN = 40;

/**
 * Returns a found value as a message shows it, shortened.
 *
 * @example
 * ```ts
 * import { quote } from "@/lib/domain/quote.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quote("up"), '"up"');
 * assertEquals(quote(140), "140");
 * assertEquals(quote([1, 2]), "a list");
 * ```
 */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(shorten(value));
}

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
