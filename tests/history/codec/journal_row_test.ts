import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { decodeJournalRow, encodeJournalRow } from "@/lib/history/codec/journal_row.ts";

const SAMPLES = fc.array(fc.record({
  service: fc.integer({ min: 1, max: 2 ** 40 }),
  at: fc.integer({ min: 0, max: 8.64e15 }),
  metrics: fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== "__proto__"),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    { maxKeys: 5, noNullPrototype: true },
  ),
}));

Deno.test("decodeJournalRow() returns what encodeJournalRow() was given", () => {
  fc.assert(fc.property(SAMPLES, (samples) => {
    assertEquals(decodeJournalRow(encodeJournalRow(samples)), samples);
  }));
});
