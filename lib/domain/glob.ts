/**
 * Patterns for names, in which `*` stands for any run of characters.
 *
 * @module
 */

/**
 * Tells whether a text matches a pattern. It takes linear time: each literal part must follow the one
 * before it.
 *
 * @example
 * ```ts
 * import { matchesGlob } from "@/lib/domain/glob.ts";
 * import { assert, assertFalse } from "@std/assert";
 *
 * assert(matchesGlob("auth-*", "auth-service"));
 * assertFalse(matchesGlob("auth-*", "checkout"));
 * ```
 */
export function matchesGlob(pattern: string, text: string): boolean {
  if (pattern === "*" || pattern === text) return true;
  if (!pattern.includes("*")) return false;
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop() ?? "";
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
