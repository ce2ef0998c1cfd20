import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

import type { BucketBlock } from "@/lib/domain/bucket_block.ts";
import type { SampleBlock } from "@/lib/domain/sample_block.ts";
import { decodeBuckets, encodeBuckets } from "@/lib/history/codec/bucket_chunk.ts";
import { decodeSamples, encodeSamples } from "@/lib/history/codec/sample_chunk.ts";
import { HistoryError } from "@/lib/ports/history.ts";

/** Every finite double, whole numbers and short decimals more often than by chance. */
const VALUE = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer().map((whole) => whole / 100),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -0, 5e-324, -5e-324, Number.MAX_VALUE, 2 ** 47, 2 ** 47 + 1, 0.1),
);

/** Columns of one kind of value, as measured ones are. */
const COLUMN = (length: number) =>
  fc.oneof(VALUE, fc.integer({ min: 0, max: 10_000 }).map((whole) => whole / 100))
    .chain(() =>
      fc.array(fc.oneof(VALUE, fc.constant(NaN)), { minLength: length, maxLength: length })
    )
    .map((values) => Float64Array.from(values));

const DECIMALS = (length: number) =>
  fc.array(fc.integer({ min: -2e9, max: 2e9 }), { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values, (value) => value / 1_000));

const BLOCK: fc.Arbitrary<SampleBlock> = fc.uniqueArray(
  fc.oneof(fc.integer({ min: 0, max: 2e9 }), fc.integer({ min: 0, max: 8.64e13 })),
  { maxLength: 150 },
).chain((instants) => {
  const times = Float64Array.from(instants).sort();
  const column = fc.oneof(COLUMN(times.length), DECIMALS(times.length));
  return fc.uniqueArray(fc.tuple(fc.string(), column), { maxLength: 4, selector: ([name]) => name })
    .map((columns) => ({ times, columns: new Map(columns) }));
});

const BUCKETS: fc.Arbitrary<BucketBlock> = BLOCK.map(({ times, columns }) => ({
  starts: times,
  columns: new Map(Array.from(columns, ([metric, values]) => {
    const count = values.map((value, row) => Number.isNaN(value) ? 0 : row + 1);
    const column = values.map((value) => Number.isNaN(value) ? 0 : value);
    return [metric, { count, min: column, max: column, sum: column, last: column }];
  })),
}));

Deno.test("decodeSamples() returns what encodeSamples() was given, bit by bit", () => {
  fc.assert(fc.property(BLOCK, (block) => {
    assertEquals(bits(decodeSamples(encodeSamples(block))), bits(block));
  }));
});

Deno.test("decodeBuckets() returns what encodeBuckets() was given, bit by bit", () => {
  fc.assert(fc.property(BUCKETS, (block) => {
    assertEquals(decodeBuckets(encodeBuckets(block)), block);
  }));
});

Deno.test("decodeSamples() refuses every chunk with a byte changed or cut off", () => {
  const times = Float64Array.from({ length: 40 }, (_, index) => 1_000 * index);
  const bytes = encodeSamples({ times, columns: new Map([["cpu", times.map(Math.sqrt)]]) });
  for (let index = 0; index < bytes.length; index++) {
    const changed = bytes.slice();
    changed[index] = (changed[index] ?? 0) ^ 4;
    for (const piece of [changed, bytes.slice(0, index)]) {
      const error = assertThrows(() => decodeSamples(piece), HistoryError, "Cannot read samples");
      assertEquals(error.fault, "corrupt");
    }
  }
});

Deno.test("decodeSamples() refuses a chunk of buckets", () => {
  const bytes = encodeBuckets({ starts: new Float64Array(), columns: new Map() });
  assertThrows(() => decodeSamples(bytes), HistoryError, "of another kind");
});

Deno.test("encodeSamples() takes less than two bytes for a value of two decimals", () => {
  const times = Float64Array.from({ length: 1_000 }, (_, index) => 1.7e12 + 1_000 * index);
  const cpu = times.map((_, index) => Math.round(4_000 + 900 * Math.sin(index) ** 3) / 100);
  assertEquals(encodeSamples({ times, columns: new Map([["cpu", cpu]]) }).length < 2_000, true);
});

/** Text that tells `-0` from `0`. */
function bits({ times, columns }: SampleBlock): unknown {
  const hex = (values: Float64Array) =>
    Array.from(
      values,
      (value) =>
        Number.isNaN(value) ? "absent" : new BigUint64Array(Float64Array.of(value).buffer)[0],
    );
  return [hex(times), [...columns].map(([metric, values]) => [metric, hex(values)])];
}
