/**
 * The small parts that schemas of answers are made of, each with the words that tell of it.
 *
 * @module
 */

import { z } from "zod";

/**
 * An instant.
 *
 * @ignore
 */
export function instant(description: string): z.ZodInt {
  return z.int().min(0).meta({ description: `${description} Epoch milliseconds.` });
}

/**
 * A number of things.
 *
 * @ignore
 */
export function count(description: string): z.ZodInt {
  return z.int().min(0).meta({ description });
}

/**
 * A number.
 *
 * @ignore
 */
export function number(description: string): z.ZodNumber {
  return z.number().meta({ description });
}

/**
 * A text.
 *
 * @ignore
 */
export function text(description: string): z.ZodString {
  return z.string().meta({ description });
}

/**
 * A list.
 *
 * @ignore
 */
export function listOf<Item extends z.ZodType>(
  item: Item,
  description: string,
): z.ZodArray<Item> {
  return z.array(item).meta({ description });
}

/**
 * Something that may be missing, said as `null`.
 *
 * @ignore
 */
export function orNull<Value extends z.ZodType>(
  value: Value,
  description: string,
): z.ZodNullable<Value> {
  return value.nullable().meta({ description });
}

/**
 * How bad something is.
 *
 * @ignore
 */
export const SEVERITY: z.ZodEnum<{ warning: "warning"; critical: "critical" }> = z.enum([
  "warning",
  "critical",
]).meta({ description: "How bad it is." });

/**
 * How a service is.
 *
 * @ignore
 */
export const STATUS: z.ZodEnum<
  { HEALTHY: "HEALTHY"; DEGRADED: "DEGRADED"; DOWN: "DOWN"; UNKNOWN: "UNKNOWN" }
> = z.enum(["HEALTHY", "DEGRADED", "DOWN", "UNKNOWN"]).meta({
  description: "How a service is; `UNKNOWN` until the first heartbeat or the first limit.",
});
