/**
 * Bounds of texts and lists for schemas. Not zod's own `.min()` and `.max()`: those look at whatever has a
 * `length`, and throw at `{ "length": { "valueOf": 1, "toString": 1 } }` where a text was meant.
 *
 * @module
 */

import { z } from "zod";

/**
 * A text or a list has at least so many characters or items.
 *
 * @ignore
 */
export function minLength(minimum: number, error: string): z.core.$ZodCheckMinLength {
  return new z.core.$ZodCheckMinLength({
    ...{ check: "min_length", minimum, error: () => error, when: isBounded },
  });
}

/**
 * A text or a list has at most so many characters or items.
 *
 * @ignore
 */
export function maxLength(maximum: number, error: string): z.core.$ZodCheckMaxLength {
  return new z.core.$ZodCheckMaxLength({
    ...{ check: "max_length", maximum, error: () => error, when: isBounded },
  });
}

/** What is neither has failed already. */
function isBounded({ value }: z.core.ParsePayload): boolean {
  return typeof value === "string" || Array.isArray(value);
}
