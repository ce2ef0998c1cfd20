/**
 * The end of a message about a name that is not known: what was probably meant, or what there is.
 *
 * @module
 */

import { closest, distance } from "fastest-levenshtein";

/** More names than this are not searched, so that a huge file full of mistakes is still read quickly. */
const MAX_SEARCHED = 300;

/** More names than this are not listed. */
const MAX_LISTED = 16;

/**
 * Returns `did you mean "latency"?` when one of the known names is close to the one found (a third of its
 * letters may differ, upper and lower case count as equal), else a short list of what is known, else
 * nothing. The known names are distinct.
 *
 * @example
 * ```ts
 * import { suggest } from "@/lib/domain/suggest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(suggest("latncy", ["cpu", "latency"]), '; did you mean "latency"?');
 * assertEquals(suggest("disk", ["cpu", "latency"]), '; known are "cpu" and "latency"');
 * ```
 */
export function suggest(found: string, known: readonly string[]): string {
  const near = nearest(found, known);
  if (near !== null) return `; did you mean "${near}"?`;
  if (known.length === 0 || known.length > MAX_LISTED) return "";
  return `; known ${known.length === 1 ? "is" : "are"} ${
    joinWords(known.map((name) => `"${name}"`))
  }`;
}

function nearest(found: string, known: readonly string[]): string | null {
  if (known.length > MAX_SEARCHED) return null;
  const bound = Math.floor(found.length / 3);
  const wanted = found.toLowerCase();
  const candidates = known.filter((name) => Math.abs(name.length - found.length) <= bound);
  if (candidates.length === 0) return null;
  const lowered = candidates.map((name) => name.toLowerCase());
  const best = closest(wanted, lowered);
  return distance(wanted, best) <= bound ? candidates[lowered.indexOf(best)] ?? null : null;
}

function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
