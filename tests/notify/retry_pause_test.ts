import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { retryPauseMs } from "@/lib/notify/retry_pause.ts";

Deno.test("retryPauseMs() grows from about 1 s, and heeds what the receiver asks for", async (t) => {
  const rows: [string, number, number | null, number][] = [
    ["first failure", 1, null, 1_000],
    ["second", 2, null, 2_000],
    ["fifth", 5, null, 16_000],
    ["the first at the bound", 9, null, 150_000],
    ["away for long", 100_000, null, 150_000],
    ["asked for more", 1, 30_000, 30_000],
    ["asked for less than the growing pause", 5, 2_000, 16_000],
    ["asked for nothing", 2, 0, 2_000],
    ["asked for an hour", 1, 3_600_000, 3_600_000],
    ["told to come back next year", 1, 31_536_000_000, 3_600_000],
  ];
  for (const [name, failures, retryAfterMs, pauseMs] of rows) {
    await t.step(name, () => {
      assertEquals(retryPauseMs({ failures, retryAfterMs, random: () => 0.5 }), pauseMs);
    });
  }
});

Deno.test("retryPauseMs() is whole, and spread over 0.1 s to 5 min unless asked for more", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), random, (failures, part) => {
    const pauseMs = retryPauseMs({ failures, retryAfterMs: null, random: () => part });
    assert(Number.isInteger(pauseMs) && pauseMs >= 100 && pauseMs <= 300_000);
    const bound = Math.min(300_000, 2_000 * 2 ** (failures - 1));
    assertEquals(pauseMs, Math.max(100, Math.ceil(part * bound)));
  }));
});
