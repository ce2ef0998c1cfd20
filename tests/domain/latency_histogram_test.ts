import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";

import { LatencyHistogram, RELATIVE_ERROR } from "@/lib/domain/latency_histogram.ts";

Deno.test("quantile() is undefined while nothing is recorded", () => {
  assertEquals(new LatencyHistogram().quantile(0.5), undefined);
});

Deno.test("quantile() is within the relative error of the exact quantile", () => {
  const duration = fc.double({ min: 0.001, max: 600_000, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(duration, { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0, 0.5, 0.9, 0.99, 1),
      (durations, part) => {
        const histogram = new LatencyHistogram();
        for (const durationMs of durations) histogram.record(durationMs);
        const exact = exactQuantile(durations, part);
        assertAlmostEquals(
          histogram.quantile(part) ?? NaN,
          exact,
          exact * RELATIVE_ERROR * 1.000001,
        );
      },
    ),
  );
});

Deno.test("quantile() takes both halves of the window together", () => {
  const histogram = new LatencyHistogram();
  histogram.record(1);
  histogram.rotate();
  histogram.record(100);
  assertEquals(histogram.count, 2);
  assertAlmostEquals(histogram.quantile(0.5) ?? NaN, 1, RELATIVE_ERROR);
  assertAlmostEquals(histogram.quantile(1) ?? NaN, 100, 100 * RELATIVE_ERROR);
});

Deno.test("rotate() forgets a duration at the second call", () => {
  const histogram = new LatencyHistogram();
  histogram.record(7);
  const counts = [histogram.count];
  histogram.rotate();
  counts.push(histogram.count);
  histogram.rotate();
  counts.push(histogram.count);
  assertEquals(counts, [1, 1, 0]);
  assertEquals(histogram.quantile(0.5), undefined);
});

Deno.test("record() counts what is out of range as the nearest bound", () => {
  const histogram = new LatencyHistogram();
  histogram.record(-5);
  assertAlmostEquals(histogram.quantile(0) ?? NaN, 0.001, 0.0001);
  histogram.record(Infinity);
  assert((histogram.quantile(1) ?? 0) > 580_000);
});

Deno.test("record() leaves out what is not a number", () => {
  const histogram = new LatencyHistogram();
  histogram.record(NaN);
  assertEquals(histogram.count, 0);
});

function exactQuantile(durations: readonly number[], part: number): number {
  const sorted = durations.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(part * sorted.length)) - 1] ?? NaN;
}
