import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

import { SeriesWindow } from "@/lib/domain/series_window.ts";

const VALUES = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 200 });

Deno.test("SeriesWindow equals the naive computation over the last N", () => {
  fc.assert(fc.property(VALUES, fc.integer({ min: 1, max: 70 }), (values, size) => {
    const window = new SeriesWindow(size);
    for (const [at, value] of values.entries()) {
      window.push({ at, value });
      const last = values.slice(Math.max(0, at + 1 - size), at + 1);
      assertEquals(window.samples().map((sample) => sample.value), last);
      assertEquals(window.min, Math.min(...last));
      assertEquals(window.max, Math.max(...last));
      const mean = last.reduce((sum, each) => sum + each, 0) / last.length;
      assertAlmostEquals(window.mean, mean, 1e-6);
    }
  }));
});

Deno.test("SeriesWindow forgets rounding errors of large values that have left it", () => {
  const window = new SeriesWindow(10);
  window.push({ at: 0, value: 1e18 });
  for (let at = 1; at <= 20; at++) window.push({ at, value: 0.1 });
  assertAlmostEquals(window.mean, 0.1, 1e-12);
});

Deno.test("SeriesWindow is empty at first", () => {
  const window = new SeriesWindow();
  assertEquals([window.length, window.last, window.samples()], [0, undefined, []]);
  assertEquals([window.mean, window.min, window.max], [NaN, NaN, NaN]);
});

Deno.test("SeriesWindow refuses a size below one", () => {
  assertThrows(() => new SeriesWindow(0), RangeError, "size must be at least 1, got 0");
});
