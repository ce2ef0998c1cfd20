/**
 * Regular expressions for labels: those of RE2, as in Prometheus, always for the whole text. RE2 takes time
 * linear in the text whatever the pattern is, so that no configuration makes a page hang the monitor.
 *
 * @module
 */

import { RE2JS } from "re2js";

/** Longer patterns are refused. */
const MAX_PATTERN = 1_000;

/**
 * Returns what tells whether the whole of a text matches a pattern.
 *
 * @throws {SyntaxError} If the pattern is none, or is too long.
 */
export function compilePattern(pattern: string): (text: string) => boolean {
  if (pattern.length > MAX_PATTERN) {
    const found = `got ${pattern.length}`;
    throw new SyntaxError(
      `a regular expression must have at most ${MAX_PATTERN} characters, ${found}`,
    );
  }
  const compiled = compile(pattern);
  return (text) => compiled.matches(text);
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The library shows the flag for "a dot is any character" as a part of the pattern.
    const words = reason.replace(/^error parsing regexp: /, "").replace("`(?s)", "`");
    throw new SyntaxError(`in the regular expression: ${words}`, { cause: error });
  }
}
