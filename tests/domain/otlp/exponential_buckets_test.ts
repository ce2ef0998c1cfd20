import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { explicitBuckets } from "@/lib/domain/otlp/exponential_buckets.ts";

import { exponentialOf } from "./points.ts";

Deno.test("explicitBuckets() gives each bucket its upper bound", () => {
  // Scale 0: base 2. Values in (1, 2], (2, 4], (8, 16].
  const point = exponentialOf([1.5, 2, 3, 9], { scale: 0 });
  assertEquals([...explicitBuckets(point)], [[2, 2], [4, 1], [16, 1]]);
});

Deno.test("explicitBuckets() puts what is about zero and below where it belongs", () => {
  const point = {
    ...exponentialOf([3], { scale: 0 }),
    ...{ zeroCount: 4, zeroThreshold: 0.5, negative: { offset: 1, counts: [2, 1] } },
  };
  // Bucket 1 of the negative ones holds [-4, -2), bucket 2 holds [-8, -4).
  assertEquals(explicitBuckets(point), new Map([[-2, 2], [-4, 1], [0.5, 4], [4, 1]]));
});

Deno.test("explicitBuckets() merges scales finer than one grid, so that exports can be compared", () => {
  const values = [0.0123, 0.4, 0.41, 7, 980];
  const coarse = explicitBuckets(exponentialOf(values, { scale: 3 }));
  for (const scale of [4, 7, 20]) {
    assertEquals(explicitBuckets(exponentialOf(values.slice(1, 3), { scale })).size <= 2, true);
    const fine = explicitBuckets(exponentialOf([0.4], { scale }));
    for (const bound of fine.keys()) assert(coarse.has(bound), `scale ${scale}: ${bound}`);
  }
});

Deno.test("explicitBuckets() keeps every value within its bucket, and none is lost", () => {
  const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(fc.property(fc.array(positive, { minLength: 1, maxLength: 20 }), (values) => {
    for (const scale of [0, 3, 5]) {
      const buckets = [...explicitBuckets(exponentialOf(values, { scale }))];
      assertEquals(buckets.reduce((sum, [, count]) => sum + count, 0), values.length);
      const width = 2 ** (2 ** -Math.min(3, scale));
      for (const value of values) {
        const isIn = ([bound]: [number, number]) =>
          value <= bound * (1 + 1e-9) && value > (bound / width) * (1 - 1e-9);
        assert(buckets.some(isIn), `${value} at scale ${scale}`);
      }
    }
  }));
});
