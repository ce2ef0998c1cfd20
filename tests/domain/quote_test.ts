import { assertEquals } from "@std/assert";

import { quote } from "@/lib/domain/quote.ts";

Deno.test("quote() shows any value on one short line", async (t) => {
  const rows: [string, unknown, string][] = [
    ["text", 'a "b"\n', '"a \\"b\\"\\n"'],
    ["long text", "x".repeat(41), `"${"x".repeat(40)}…"`],
    ["a number", 1.5, "1.5"],
    ["a number beyond all", Infinity, "Infinity"],
    ["nothing", null, "null"],
    ["a list", [1], "a list"],
    ["an object", { a: 1 }, "an object"],
  ];
  for (const [name, value, text] of rows) {
    await t.step(name, () => assertEquals(quote(value), text));
  }
});
