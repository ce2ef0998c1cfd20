import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  addBuckets,
  type BucketBlock,
  bucketSamples,
  coarsen,
  cutBuckets,
  replaceBuckets,
  roundSums,
} from "@/lib/domain/bucket_block.ts";
import { sampleBlock } from "@/lib/domain/sample_block.ts";

import { SAMPLES } from "./sample_lists.ts";

const STAGES = fc.subarray([10_000, 30_000, 60_000, 600_000, 3_600_000]);

Deno.test("coarsen() keeps least, greatest, sum, number and last, in any number of stages", () => {
  fc.assert(fc.property(SAMPLES, STAGES, (samples, stages) => {
    const block = sampleBlock(samples);
    const steps = [...stages, 7_200_000];
    const staged = steps.slice(1).reduce(coarsen, bucketSamples(block, steps[0] ?? 0));
    assertSameBuckets(staged, bucketSamples(block, 7_200_000));
  }));
});

Deno.test("bucketSamples() equals the naive computation", () => {
  fc.assert(fc.property(SAMPLES, (samples) => {
    const block = sampleBlock(samples);
    const buckets = bucketSamples(block, 10_000);
    for (const [metric, { count, min, max, sum, last }] of buckets.columns) {
      const column = block.columns.get(metric) ?? new Float64Array();
      for (const [row, start] of buckets.starts.entries()) {
        const values = [...column].filter((value, index) =>
          !Number.isNaN(value) && Math.floor((block.times[index] ?? 0) / 10_000) * 10_000 === start
        );
        assertEquals(count[row], values.length);
        if (values.length === 0) continue;
        assertEquals([min[row], max[row]], [Math.min(...values), Math.max(...values)]);
        assertEquals(last[row], values.at(-1));
        assertAlmostEquals(sum[row] ?? NaN, values.reduce((a, b) => a + b, 0), 1e-6);
      }
    }
  }));
});

Deno.test("bucketSamples() leaves no bucket for bare heartbeats", () => {
  const block = sampleBlock([{ at: 5, metrics: {} }, { at: 10_005, metrics: { cpu: 1 } }]);
  assertEquals([...bucketSamples(block, 10_000).starts], [10_000]);
});

Deno.test("replaceBuckets() takes the newer of two with the same beginning, whole", () => {
  const older = bucketSamples(sampleBlock([{ at: 0, metrics: { cpu: 1, memory: 2 } }]), 10_000);
  const newer = bucketSamples(sampleBlock([{ at: 0, metrics: { cpu: 7 } }]), 10_000);
  const { columns } = replaceBuckets(older, newer);
  assertEquals([...columns.get("cpu")?.sum ?? []], [7]);
  assertEquals([...columns.get("memory")?.count ?? []], [0]);
});

Deno.test("addBuckets() adds what came late and keeps the last value", () => {
  const older = bucketSamples(sampleBlock([{ at: 0, metrics: { cpu: 5 } }]), 10_000);
  const late = bucketSamples(sampleBlock([{ at: 0, metrics: { cpu: 9 } }]), 10_000);
  const cpu = addBuckets(older, late).columns.get("cpu");
  assertEquals([cpu?.count, cpu?.min, cpu?.max, cpu?.sum, cpu?.last].map((column) => column?.[0]), [
    ...[2, 5, 9, 14, 5],
  ]);
});

Deno.test("cutBuckets() takes those that begin in the range, its end left out", () => {
  const samples = [0, 10_000, 20_000].map((at) => ({ at, metrics: { cpu: at } }));
  const block = bucketSamples(sampleBlock(samples), 10_000);
  assertEquals([...cutBuckets(block, 10_000, 20_000).starts], [10_000]);
});

Deno.test("roundSums() cuts off what is error of adding up", () => {
  const samples = [0.1, 0.2].map((cpu, at) => ({ at, metrics: { cpu } }));
  const { columns } = roundSums(bucketSamples(sampleBlock(samples), 10_000));
  assertEquals(columns.get("cpu")?.sum[0], 0.3);
});

function assertSameBuckets(actual: BucketBlock, expected: BucketBlock): void {
  assertEquals(actual.starts, expected.starts);
  assertEquals([...actual.columns.keys()].sort(), [...expected.columns.keys()].sort());
  for (const [metric, { sum, ...exact }] of actual.columns) {
    const { sum: expectedSum, ...others } = expected.columns.get(metric) ?? { sum: null };
    assertEquals(exact, others);
    for (const [row, value] of sum.entries()) {
      assertAlmostEquals(value, expectedSum?.[row] ?? 0, 1e-6);
    }
  }
}
