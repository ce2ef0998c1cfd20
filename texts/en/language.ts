/**
 * What depends on the language as a whole: how numbers, lists and plurals are written. The formatters are made
 * once, since a page with a thousand services writes many numbers each second.
 *
 * @module
 */

/** The language of documents, as of `<html lang>`. */
export const lang = "en";

/** Whose numbers, dates and lists are meant: as BCP 47. */
export const locale = "en-GB";

/** A sentence with parts that are not text, such as elements. A translation may put them in another order. */
export type Phrase<Part> = readonly (string | Part)[];

const counts = new Intl.NumberFormat(locale);

const lists = new Intl.ListFormat(locale);

const plurals = new Intl.PluralRules(locale);

/** By the most and the least digits after the point. */
const numbers: Intl.NumberFormat[] = [];

/** Returns how many there are of something. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** Returns a number that was measured, which is not grouped: it stands in narrow columns. */
export function formatNumber(value: number, mostDigits: number, leastDigits = mostDigits): string {
  const format = numbers[mostDigits * 100 + leastDigits] ??= new Intl.NumberFormat(locale, {
    minimumFractionDigits: leastDigits,
    maximumFractionDigits: mostDigits,
    useGrouping: false,
  });
  // Zero has no sign.
  return format.format(value + 0);
}

/** Returns `"a"`, `"a and b"`, or `"a, b and c"`. */
export function joinWords(words: readonly string[]): string {
  return lists.format(words);
}

/** Returns the form that goes with a number. */
export function plural(count: number, one: string, other: string): string {
  return plurals.select(count) === "one" ? one : other;
}
