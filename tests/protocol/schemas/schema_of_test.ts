import { assertEquals } from "@std/assert";
import { z } from "zod";

import { schemaOf } from "@/lib/protocol/schemas/schema_of.ts";

interface Shape {
  readonly name: string;
  readonly note?: string;
  readonly list: readonly { readonly at: number | null }[];
}

const LIST = z.array(z.object({ at: z.number().nullable() }));

Deno.test("schemaOf() takes the schema of a type, and no other (checked by the compiler)", () => {
  const good = z.object({ name: z.string(), note: z.string().exactOptional(), list: LIST });
  assertEquals(schemaOf<Shape>()(good).parse({ name: "a", list: [] }), { name: "a", list: [] });
  // @ts-expect-error a field is missing
  schemaOf<Shape>()(good.omit({ name: true }));
  // @ts-expect-error an optional field is missing
  schemaOf<Shape>()(good.omit({ note: true }));
  // @ts-expect-error there is one more
  schemaOf<Shape>()(good.extend({ more: z.string() }));
  // @ts-expect-error there is one more, which may be left out
  schemaOf<Shape>()(good.extend({ more: z.string().exactOptional() }));
  // @ts-expect-error a field that may not be null is said to be
  schemaOf<Shape>()(good.extend({ name: z.string().nullable() }));
  // @ts-expect-error a field that may be left out is said to be there
  schemaOf<Shape>()(good.extend({ note: z.string() }));
  // @ts-expect-error a field that may be null deep inside is said not to be
  schemaOf<Shape>()(good.extend({ list: z.array(z.object({ at: z.number() })) }));
  // @ts-expect-error an enumeration is narrower
  schemaOf<Shape>()(good.extend({ name: z.enum(["a"]) }));
});
