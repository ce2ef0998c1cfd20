/**
 * Colours that let through what is below.
 *
 * @module
 */

/**
 * Returns a colour as browsers compute it, such as `rgb(142, 162, 255)`, with an opacity of 0 to 1. What is in another
 * form stays as it is.
 */
export function fade(colour: string, opacity: number): string {
  const [, numbers] = /^rgb\(([^)]+)\)$/.exec(colour) ?? [];
  return numbers === undefined ? colour : `rgba(${numbers}, ${opacity})`;
}
