import { assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";

import { publicSpans } from "@/lib/domain/public_status.ts";
import type { StatusSpan } from "@/lib/domain/timeline.ts";

const LETTERS: Readonly<Record<string, StatusSpan["status"]>> = {
  H: "HEALTHY",
  D: "DEGRADED",
  X: "DOWN",
  U: "UNKNOWN",
  "-": "GAP",
};

/** Ten milliseconds a letter. */
function spansOf(letters: string): StatusSpan[] {
  return [...letters].map((letter, index) => {
    const status = LETTERS[letter] ?? "UNKNOWN";
    return { from: index * 10, to: index * 10 + 10, status };
  });
}

function draw(letters: string, maintenance: readonly (readonly [number, number])[]): string {
  const times = maintenance.map(([from, to]) => ({ from, to }));
  return publicSpans(spansOf(letters), times)
    .map(({ from, to, status }) => `${status} ${from}-${to}`).join(", ");
}

Deno.test("publicSpans() makes trouble at a time of maintenance maintenance, and nothing else", async (t) => {
  const rows: [string, string, [number, number][], string][] = [
    ["no maintenance", "HHXD", [], "up 0-20, down 20-30, degraded 30-40"],
    ["what nobody watched is not known", "H-UH", [[0, 40]], "up 0-10, unknown 10-30, up 30-40"],
    ["trouble that begins before it", "XX", [[10, 20]], "down 0-10, maintenance 10-20"],
    ["trouble that outlasts it", "XX", [[0, 5]], "maintenance 0-5, down 5-20"],
    ["maintenance within trouble", "X", [[3, 5]], "down 0-3, maintenance 3-5, down 5-10"],
    ["two that overlap", "X", [[4, 8], [2, 5]], "down 0-2, maintenance 2-8, down 8-10"],
    ["both kinds of trouble", "XD", [[0, 20]], "maintenance 0-20"],
    ["one inside of another", "X", [[0, 10], [2, 3]], "maintenance 0-10"],
  ];
  for (const [name, letters, maintenance, drawn] of rows) {
    await t.step(name, () => assertEquals(draw(letters, maintenance), drawn));
  }
});

Deno.test("publicSpans() keeps the whole time, and has no equal neighbours", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."HDXU-"), minLength: 1 });
  const time = fc.tuple(fc.nat(200), fc.nat(50)).map(([from, ms]) => ({ from, to: from + ms }));
  fc.assert(fc.property(letters, fc.array(time), (text, times) => {
    const spans = publicSpans(spansOf(text), times);
    assertEquals([spans[0]?.from, spans.at(-1)?.to], [0, text.length * 10]);
    for (const [index, span] of spans.slice(1).entries()) {
      assertEquals(span.from, spans[index]?.to);
      assertNotEquals(span.status, spans[index]?.status);
    }
  }));
});
