import { assertEquals } from "@std/assert";

import { explainMissing } from "@/lib/domain/expression/explain_missing.ts";
import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";

import { setAt } from "./expressions.ts";

Deno.test("explainMissing() names what is not there", async (t) => {
  const name = "x".repeat(200);
  const rows: [expression: string, why: string][] = [
    ["a + c", "there is no c"],
    ['a{b="d"} / sum(a)', 'there is no a{b="d"}'],
    ["c / (c + d)", "there is no c (and 1 more)"],
    ["rate(a)", "a rate needs the same series twice in a row"],
    ["a / b", "the series on both sides of an operator have no labels in common"],
    [name, `there is no ${name.slice(0, 160)}…`],
  ];
  for (const [text, why] of rows) {
    await t.step(text.slice(0, 40), () => {
      const expression = parseExpression(text);
      const window = new ObservationWindow([expression]);
      window.push(setAt(0, [["a", { b: "c" }, 1], ["b", { b: "d" }, 1]]));
      assertEquals(explainMissing(expression, window), why);
    });
  }
});
