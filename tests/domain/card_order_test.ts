import { assertEquals } from "@std/assert";

import { type CardFacts, compareCards, matchesFilter } from "@/lib/domain/card_order.ts";
import type { Status } from "@/lib/domain/status.ts";

Deno.test("compareCards() puts the worst first, then goes by name", () => {
  const cards = [
    card("d", "HEALTHY"),
    card("c", "UNKNOWN"),
    card("b", "DEGRADED"),
    card("z", "DOWN"),
    card("a", "HEALTHY"),
    card("y", "DOWN"),
  ];
  assertEquals(cards.toSorted(compareCards).map(({ name }) => name), [
    "y",
    "z",
    "b",
    "c",
    "a",
    "d",
  ]);
});

Deno.test("compareCards() finds a card equal to itself", () => {
  assertEquals(compareCards(card("a", "DOWN"), card("a", "DOWN")), 0);
});

Deno.test("matchesFilter() looks at name, tags and status", async (t) => {
  const auth = card("auth-service", "DEGRADED", ["Identity"]);
  const rows: readonly [name: string, query: string, status: Status | null, want: boolean][] = [
    ["nothing asked", "", null, true],
    ["part of the name", "h-ser", null, true],
    ["part of the name in capitals, with blanks", " AUTH ", null, true],
    ["part of a tag", "dent", null, true],
    ["another word", "checkout", null, false],
    ["its status", "", "DEGRADED", true],
    ["another status", "", "DOWN", false],
    ["its name but another status", "auth", "DOWN", false],
  ];
  for (const [name, query, status, want] of rows) {
    await t.step(name, () => assertEquals(matchesFilter(auth, { query, status }), want));
  }
});

function card(name: string, status: Status, tags: readonly string[] = []): CardFacts {
  return { name, status, tags };
}
