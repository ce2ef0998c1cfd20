/**
 * Ties a schema of what leaves Vitals to the type that it describes. The shapes themselves are interfaces, so
 * that islands import them for free; the schemas are for the description of the API and for tests.
 *
 * @module
 */

import type { z } from "zod";

/** A type without its `readonly`, which no JSON has. */
export type Plain<Value> = Value extends readonly (infer Item)[] ? Plain<Item>[]
  : Value extends object ? { -readonly [Key in keyof Value]: Plain<Value[Key]> }
  : Value;

/** `unknown` if two types are the same up to `readonly`, else `never`: a field more, less or else is seen. */
export type Same<One, Other> = Identical<Plain<One>, Plain<Other>> extends true ? unknown : never;

/** Whether two types are the same, down to what may be left out. */
export type Identical<One, Other> = (<Type>() => Type extends One ? 1 : 2) extends
  (<Type>() => Type extends Other ? 1 : 2) ? true : false;

/**
 * Returns a function that takes the schema of a type and returns it as such. A schema that says more, less or
 * something else than the type does not compile.
 *
 * @example
 * ```ts
 * import { schemaOf } from "@/lib/protocol/schemas/schema_of.ts";
 * import { z } from "zod";
 *
 * interface Span {
 *   readonly from: number;
 *   readonly to: number;
 * }
 * schemaOf<Span>()(z.object({ from: z.number(), to: z.number() }));
 * // @ts-expect-error: `to` is missing
 * schemaOf<Span>()(z.object({ from: z.number() }));
 * ```
 *
 * @ignore
 */
export function schemaOf<View>(): <Schema extends z.ZodType>(
  schema: Schema & Same<View, z.output<Schema>>,
) => z.ZodType<View> {
  return (schema) => schema as unknown as z.ZodType<View>;
}
