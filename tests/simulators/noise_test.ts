import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { murmur3, uniform, valueNoise } from "@/simulators/noise.ts";

// Published vectors of MurmurHash3_x86_32; the four bytes of a word are little-endian.
Deno.test("murmur3() agrees with the published test vectors", () => {
  assertEquals(murmur3([], 0), 0);
  assertEquals(murmur3([], 1), 0x514e28b7);
  assertEquals(murmur3([0], 0), 0x2362f9de);
  assertEquals(murmur3([0xffffffff], 0), 0x76293b50);
  assertEquals(murmur3([0x87654321], 0), 0xf55b516b);
  assertEquals(murmur3([0x87654321], 0x5082edee), 0x2362f9de);
});

Deno.test("uniform() stays from 0 to below 1", () => {
  fc.assert(fc.property(fc.integer(), fc.maxSafeInteger(), (seed, index) => {
    const value = uniform(seed, { stream: 1, index });
    assert(value >= 0 && value < 1);
  }));
});

Deno.test("uniform() fills its range evenly", () => {
  const buckets = new Array<number>(10).fill(0);
  for (let index = 0; index < 10_000; index++) {
    const bucket = Math.floor(10 * uniform(7, { stream: 3, index }));
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  // 1,000 expected in each; five standard deviations are 150.
  for (const count of buckets) assert(Math.abs(count - 1_000) < 150, `${buckets}`);
});

Deno.test("uniform() tells seeds, streams and indexes beyond 32 bits apart", () => {
  const positions = [
    uniform(1, { stream: 1, index: 5 }),
    uniform(2, { stream: 1, index: 5 }),
    uniform(1, { stream: 2, index: 5 }),
    uniform(1, { stream: 1, index: 5 + 2 ** 32 }),
  ];
  assertEquals(new Set(positions).size, positions.length);
});

Deno.test("valueNoise() meets the random values and never jumps between them", () => {
  const options = { stream: 4, period: 50 };
  assertEquals(valueNoise(9, 100, options), 2 * uniform(9, { stream: 4, index: 2 }) - 1);
  for (let step = 0; step < 1_000; step++) {
    const rise = Math.abs(valueNoise(9, step + 1, options) - valueNoise(9, step, options));
    // The steepest part of smoothstep rises 1.5 times as fast as a straight line from -1 to 1.
    assert(rise <= 2 * 1.5 / options.period, `a jump of ${rise} at step ${step}`);
  }
});
