import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  type Bucket,
  bucketQuantile,
  quantilesOf,
} from "@/lib/domain/expression/histogram_quantile.ts";

function bucketsOf(...pairs: readonly (readonly [upTo: number, count: number])[]): Bucket[] {
  return pairs.map(([upTo, count]) => ({ upTo, count }));
}

/** By hand, after the formula; tests/e2e/expressions_test.ts has promtool compute such ones. */
Deno.test("bucketQuantile() interpolates as Prometheus does", async (t) => {
  const ten = bucketsOf([0.1, 2], [0.2, 5], [1, 5], [Infinity, 10]);
  const below = bucketsOf([-2, 1], [0, 3], [2, 4], [Infinity, 4]);
  const rows: [name: string, buckets: Bucket[], part: number, value: number][] = [
    ["in the first bucket, from zero", ten, 0.1, 0.05],
    ["within a bucket", ten, 0.3, 0.1 + 0.1 / 3],
    ["at a bound", ten, 0.5, 0.2],
    ["in the last bucket, the bound before it", ten, 0.9, 1],
    ["all", ten, 1, 1],
    ["none", ten, 0, 0],
    ["none, of an empty first bucket", bucketsOf([1, 0], [2, 4], [Infinity, 4]), 0, 0],
    ["a first bucket below zero, its bound", below, 0.1, -2],
    ["negative bounds", below, 0.5, -1],
    ["unsorted", ten.toReversed(), 0.3, 0.1 + 0.1 / 3],
    ["equal bounds as one", bucketsOf([1, 2], [1, 2], [2, 4], [Infinity, 4]), 0.5, 0.5],
    ["a count that falls counts as the one before", bucketsOf([1, 4], [2, 3], [Infinity, 4]), 1, 1],
    ["no observations", bucketsOf([1, 0], [Infinity, 0]), 0.5, NaN],
    ["no last bucket", bucketsOf([1, 2], [2, 4]), 0.5, NaN],
    ["only a last bucket", bucketsOf([Infinity, 4]), 0.5, NaN],
    ["nothing", [], 0.5, NaN],
  ];
  for (const [name, buckets, part, value] of rows) {
    await t.step(name, () => {
      const found = bucketQuantile(buckets, part);
      if (Number.isNaN(value)) assertEquals(found, NaN);
      else assertAlmostEquals(found, value, 1e-12);
    });
  }
});

const observations = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1 });
const bounds = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 });

Deno.test("bucketQuantile() lies in the bucket of the true quantile", () => {
  fc.assert(
    fc.property(
      observations,
      bounds,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, bounds, part) => {
        const ends = [...bounds.toSorted((a, b) => a - b), Infinity];
        const buckets = ends.map((upTo) => ({
          upTo,
          count: values.filter((value) => value <= upTo).length,
        }));
        const found = bucketQuantile(buckets, part);
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(part * sorted.length)) - 1] ?? NaN;
        const index = ends.findIndex((end) => end >= exact);
        const highest = ends.at(-2) ?? NaN;
        assert(found <= Math.min(ends[index] ?? NaN, highest));
        assert(part === 0 || found >= Math.min(ends[index - 1] ?? 0, highest));
      },
    ),
  );
});

Deno.test("bucketQuantile() never falls as the part rises", () => {
  const counts = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(20)), { maxLength: 6 });
  fc.assert(
    fc.property(counts, fc.nat(30), (pairs, all) => {
      const buckets = bucketsOf(...pairs, [Infinity, all]);
      const values = [0, 0.1, 0.5, 0.9, 1].map((part) => bucketQuantile(buckets, part));
      for (const [index, value] of values.entries()) {
        assert(index === 0 || Number.isNaN(value) || value >= (values[index - 1] ?? NaN));
      }
    }),
  );
});

Deno.test("quantilesOf() tells histograms apart by their other labels", () => {
  const rows: [path: string, le: string, value: number][] = [
    ["/", "1", 10],
    ["/", "+Inf", 10],
    ["/pay", "1", 0],
    ["/pay", "2e0", 10],
    ["/pay", "+Inf", 10],
    ["/pay", "junk", 99],
  ];
  const vector = rows.map(([path, le, value]) => ({ labels: { path, le }, value }));
  assertEquals(quantilesOf(vector, 0.5), [
    { labels: { path: "/" }, value: 0.5 },
    { labels: { path: "/pay" }, value: 1.5 },
  ]);
});
