import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { backoffMs } from "@/lib/protocol/backoff.ts";

Deno.test("backoffMs() doubles its bound from 250 ms to 15 s", () => {
  const bounds = [0, 1, 2, 3, 5, 6, 1_000, 5_000].map((attempt) =>
    backoffMs(attempt, { random: () => 1 })
  );
  assertEquals(bounds, [250, 500, 1_000, 2_000, 8_000, 15_000, 15_000, 15_000]);
});

Deno.test("backoffMs() is spread over the whole pause", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(fc.property(fc.nat(), random, (attempt, part) => {
    const bound = backoffMs(attempt, { random: () => 1 });
    const pause = backoffMs(attempt, { random: () => part });
    assert(pause >= 0 && pause < bound);
    assertEquals(pause, part * bound);
  }));
});
