/**
 * The small parts that the schema of the configuration is made of. An error text completes "the value …".
 *
 * @module
 */

import { z } from "zod";

import { maxLength } from "@/lib/protocol/length_checks.ts";

/** Letters, digits and punctuation on one line, without control characters or space at the ends. */
const LINE = /^[^\p{C}\s](?:[^\p{C}]*[^\p{C}\s])?$/u;

/** The same, or nothing. */
export const LINE_OR_NOTHING: RegExp = new RegExp(`^(?:${LINE.source.slice(1, -1)})?$`, "u");

/** The name of a rule, and of what is named like one. */
export const NAME_OF_RULE: RegExp = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

/** A duration such as `"5s"`. */
export const DURATION: RegExp = /^\d+(?:\.\d+)?(?:ms|s|m|h|d|y)$/;

/** What {@linkcode NAME_OF_RULE} asks for, in words. */
export const A_NAME =
  "must begin with a letter and be 1 to 64 of A-Z, a-z, 0-9, dot, underscore and hyphen";

/**
 * Like `z.strictObject`; an issue about unknown keys carries the known ones, see `schema_issues.ts`.
 *
 * @ignore
 */
export function object<Shape extends z.ZodRawShape>(
  shape: Shape,
  error: string,
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(" ");
  return z.strictObject(shape, {
    error: (issue) => issue.code === "unrecognized_keys" ? known : error,
  });
}

/**
 * A list of at most `max` items; `what` names them.
 *
 * @ignore
 */
export function list<Item extends z.ZodType>(
  item: Item,
  max: number,
  what: string,
): z.ZodArray<Item> {
  const error = `must be a list of at most ${max} ${what}`;
  return z.array(item, error).check(maxLength(max, error));
}

/**
 * A whole number in a range.
 *
 * @ignore
 */
export function wholeNumber(min: number, max: number): z.ZodInt {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.int(error).min(min, error).max(max, error);
}

/**
 * A text of a form.
 *
 * @ignore
 */
export function matching(pattern: RegExp, error: string): z.ZodString {
  return z.string(error).regex(pattern, error);
}

/**
 * A text of at most so many characters on one line.
 *
 * @ignore
 */
export function line(characters: number): z.ZodString {
  const error = `must be 1 to ${characters} printable characters on one line`;
  return matching(LINE, error).check(maxLength(characters, error));
}

/**
 * A duration.
 *
 * @ignore
 */
export function duration(example: string): z.ZodString {
  return matching(DURATION, `must be a duration such as "${example}"`);
}

const NAME_PATTERN = "must be a name, * standing for any characters";

/**
 * Which alerts something is about.
 *
 * @ignore
 */
export const MATCH: z.ZodObject<
  {
    service: z.ZodOptional<z.ZodString>;
    rule: z.ZodOptional<z.ZodString>;
    tag: z.ZodOptional<z.ZodString>;
    severity: z.ZodOptional<z.ZodEnum<{ warning: "warning"; critical: "critical" }>>;
  },
  z.core.$strict
> = object({
  service: matching(/^[a-z0-9._*-]{1,64}$/, NAME_PATTERN).optional().meta({
    description: "Name of the service, * standing for any run of characters.",
    examples: ["payments-*"],
  }),
  rule: matching(/^[A-Za-z0-9._*-]{1,64}$/, NAME_PATTERN).optional().meta({
    description: "Name of the rule, * standing for any run of characters.",
    examples: ["HIGH_*"],
  }),
  tag: line(32).optional().meta({ description: "A tag that the service has.", examples: ["shop"] }),
  severity: z.enum(["warning", "critical"], 'must be "warning" or "critical"').optional().meta({
    description: "How bad the alert is.",
  }),
}, 'must be an object such as { "service": "payments-*" }');
