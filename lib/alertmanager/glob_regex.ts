/**
 * Patterns with `*` as regular expressions, and back where that is possible.
 *
 * @module
 */

/** What stands for itself in a regular expression and may be in a name. */
const PLAIN = /[A-Za-z0-9_-]/;

/** An escaped character that may be in a name, or any run of characters. */
const TOKEN = /^(?:\\([.\-])|(\.\*)|([A-Za-z0-9_-]))/;

/**
 * Returns the pattern that means the same as a regular expression for the whole of a name; `null` if none
 * does. `.+` is the same as `.*` where it stands alone, as no name is empty.
 *
 * @example
 * ```ts
 * import { globOfRegex, regexOfGlob } from "@/lib/alertmanager/glob_regex.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(globOfRegex(String.raw`auth-.*\.eu`), "auth-*.eu");
 * assertEquals(globOfRegex("cart|checkout"), null);
 * assertEquals(regexOfGlob("auth-*.eu"), String.raw`auth-.*\.eu`);
 * ```
 */
export function globOfRegex(regex: string): string | null {
  const [, inner = ""] = /^\^?(.*?)\$?$/s.exec(regex) ?? [];
  if (inner === ".+") return "*";
  let glob = "";
  let rest = inner;
  while (rest !== "") {
    const [token, escaped, run, plain] = TOKEN.exec(rest) ?? [];
    if (token === undefined) return null;
    rest = rest.slice(token.length);
    // A repetition behind it changes what it means.
    if (/^[*+?{]/.test(rest)) return null;
    glob += escaped ?? (run === undefined ? plain : "*");
  }
  return glob === "" ? null : glob;
}

/** Returns the regular expression that means the same as a pattern. */
export function regexOfGlob(glob: string): string {
  return [...glob].map((each) => each === "*" ? ".*" : PLAIN.test(each) ? each : `\\${each}`).join(
    "",
  );
}
