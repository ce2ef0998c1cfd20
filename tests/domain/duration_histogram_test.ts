import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";

import { DURATION_BOUNDS_S, DurationHistogram } from "@/lib/domain/duration_histogram.ts";

Deno.test("read() counts durations up to each bound, the bound itself among them", () => {
  const durations = fc.array(fc.double({ min: 0, max: 20_000, noNaN: true }), { maxLength: 50 });
  fc.assert(fc.property(durations, (list) => {
    const histogram = new DurationHistogram();
    for (const durationMs of list) histogram.record(durationMs);
    const { cumulative, count, sumS } = histogram.read();
    const expected = DURATION_BOUNDS_S.map((bound) =>
      list.filter((durationMs) => durationMs / 1_000 <= bound).length
    );
    assertEquals(cumulative, expected);
    assertEquals(count, list.length);
    assertAlmostEquals(sumS, list.reduce((sum, durationMs) => sum + durationMs / 1_000, 0), 1e-9);
  }));
});

Deno.test("record() takes a negative duration for none and leaves out what is no number", () => {
  const histogram = new DurationHistogram();
  histogram.record(-1);
  histogram.record(NaN);
  const { cumulative, count, sumS } = histogram.read();
  assertEquals([cumulative[0], count, sumS], [1, 1, 0]);
});
