import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { decodeTimes, encodeTimes } from "@/lib/protocol/times.ts";

Deno.test("encodeTimes() writes the first instant and then differences", () => {
  assertEquals(encodeTimes([]), []);
  assertEquals(encodeTimes([1_700_000_000_000, 1_700_000_001_000]), [1_700_000_000_000, 1_000]);
});

Deno.test("decodeTimes() returns what encodeTimes() was given", () => {
  const instants = fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }));
  fc.assert(fc.property(instants, (instants) => {
    assertEquals(decodeTimes(encodeTimes(instants)), instants);
  }));
});
