import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { textPositions } from "@/lib/config/text_position.ts";

Deno.test("textPositions() agrees with counting line ends", () => {
  const text = fc.string({ unit: fc.constantFrom("\n", "a", "\r", "{") });
  fc.assert(fc.property(text, fc.nat(), (text, nat) => {
    const offset = nat % (text.length + 1);
    const lines = text.slice(0, offset).split("\n");
    const expected = { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
    assertEquals(textPositions(text)(offset), expected);
  }));
});
