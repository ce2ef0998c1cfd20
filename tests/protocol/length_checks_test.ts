import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { z } from "zod";

import { maxLength, minLength } from "@/lib/protocol/length_checks.ts";

const ERROR = "must be 2 to 3 long";
const TEXT = z.string(ERROR).check(minLength(2, ERROR), maxLength(3, ERROR));
const LIST = z.array(z.unknown(), ERROR).check(minLength(2, ERROR), maxLength(3, ERROR));

/** What zod's own checks throw at. */
const WITH_LENGTH = { length: { toString: 1, valueOf: 1 } };

Deno.test("minLength() and maxLength() bound texts, in characters, and lists", () => {
  for (const good of ["ab", "abc", "🦀🦀🦀"]) {
    assertEquals(TEXT.safeParse(good).success, true, good);
  }
  for (const bad of ["", "a", "🦀", "abcd"]) assertEquals(messages(TEXT, bad), [ERROR], bad);
  for (const good of [[1, 2], [1, 2, 3]]) assertEquals(LIST.safeParse(good).success, true);
  for (const bad of [[], [1], [1, 2, 3, 4]]) assertEquals(messages(LIST, bad), [ERROR]);
});

Deno.test("minLength() and maxLength() have no say about what is neither text nor list", () => {
  for (const value of [WITH_LENGTH, { length: 9 }, { length: [Object.create(null)] }, 1, null]) {
    assertEquals(messages(TEXT, value), [ERROR]);
    assertEquals(messages(LIST, value), [ERROR]);
  }
});

Deno.test("minLength() and maxLength() never throw", () => {
  fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (value) => {
    TEXT.safeParse(value);
    LIST.safeParse({ length: value });
    TEXT.safeParse({ length: value });
  }));
});

Deno.test("minLength() and maxLength() stand in JSON Schemas as zod's own do", () => {
  assertEquals(z.toJSONSchema(TEXT), z.toJSONSchema(z.string().min(2).max(3)));
  assertEquals(z.toJSONSchema(LIST), z.toJSONSchema(z.array(z.unknown()).min(2).max(3)));
});

function messages(schema: z.ZodType, value: unknown): readonly string[] {
  return schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];
}
