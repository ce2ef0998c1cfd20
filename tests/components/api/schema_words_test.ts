import { assertEquals } from "@std/assert";

import { boundWords, choicesOf, typeWords } from "@/components/api/schema_words.ts";

Deno.test("typeWords() names kinds as people do", async (t) => {
  const rows: [schema: Record<string, unknown>, words: string][] = [
    [{ type: "string" }, "text"],
    [{ type: "boolean" }, "true or false"],
    [{}, "anything"],
    [{ $ref: "#/components/schemas/Alert" }, "Alert"],
    [{ type: "string", const: "push" }, '"push"'],
    [{ type: "string", enum: ["a", "b"] }, '"a", "b"'],
    [{ type: "array", items: { type: "number" } }, "list of number"],
    [{ type: "object" }, "object"],
    [
      { type: "object", additionalProperties: { $ref: "#/x/Metric" } },
      "object of Metric by name",
    ],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, "text or null"],
    [{ oneOf: [{ type: "object" }, { type: "object" }] }, "object"],
    [{ oneOf: Array(4).fill({ type: "object" }) }, "one of 4"],
    [{ type: "object", oneOf: [{ required: ["a"] }, { required: ["b"] }] }, "object"],
  ];
  for (const [schema, words] of rows) {
    await t.step(words, () => assertEquals(typeWords(schema), words));
  }
});

Deno.test("boundWords() says bounds and defaults that tell something", () => {
  assertEquals(boundWords({ minimum: 1, maximum: 9, default: 3 }), ["1 to 9", "default 3"]);
  assertEquals(boundWords({ minimum: 0 }), []);
  const { MIN_SAFE_INTEGER: minimum, MAX_SAFE_INTEGER: maximum } = Number;
  assertEquals(boundWords({ minimum, maximum }), []);
  assertEquals(boundWords({ maxLength: 5, pattern: "^a$" }), ["at most 5 characters", "like ^a$"]);
  assertEquals(boundWords({ default: null }), []);
});

Deno.test("choicesOf() leaves out null, and what is no choice of kinds", () => {
  const text = { type: "string" };
  assertEquals(choicesOf({ anyOf: [text, { type: "null" }] }), { choices: [text], hasNull: true });
  assertEquals(choicesOf({ oneOf: [{ required: ["a"] }] }), { choices: [], hasNull: false });
});
