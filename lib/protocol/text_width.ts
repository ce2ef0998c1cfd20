/**
 * About how wide a text is, for drawings that are made where there are no fonts.
 *
 * @module
 */

/**
 * Characters by their width in thousandths of the size: those of DejaVu Sans 2.37, measured. Verdana, which it
 * was made to fit, differs by a few hundredths.
 */
const WIDTHS: readonly (readonly [width: number, characters: string])[] = [
  [278, "ijlI'J"],
  [320, " .,"],
  [340, "/:;\\|"],
  [355, "f-"],
  [395, "t()[]!"],
  [410, "r"],
  [465, '"'],
  [500, "*_`"],
  [525, "zs?"],
  [550, "c"],
  [580, "kFL"],
  [595, "vxy"],
  [615, "aeo"],
  [635, "bdghnpquES$0123456789{}TYP"],
  [690, "ABCKRVXZ"],
  [735, "U"],
  [755, "HN"],
  [785, "DGOQ&"],
  [840, "w#+<=>^~"],
  [870, "M"],
  [975, "m%"],
  [1_000, "W@"],
];

const BY_CHARACTER: ReadonlyMap<string, number> = new Map(
  WIDTHS.flatMap(([width, characters]) => [...characters].map((each) => [each, width] as const)),
);

/** What is not listed is taken for as wide as it is high. */
const OTHER = 1_000;

/**
 * Returns the width of a text in a sans-serif font of a size, in the unit of the size.
 *
 * @example
 * ```ts
 * import { textWidth } from "@/lib/protocol/text_width.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(Math.round(textWidth("operational", 11)), 63);
 * ```
 */
export function textWidth(text: string, size: number): number {
  const thousandths = [...text].reduce((sum, each) => sum + (BY_CHARACTER.get(each) ?? OTHER), 0);
  return thousandths * size / 1_000;
}
