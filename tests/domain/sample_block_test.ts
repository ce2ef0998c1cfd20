import { assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  countValues,
  cutBlock,
  mergeBlocks,
  newestOf,
  type SampleBlock,
  sampleBlock,
} from "@/lib/domain/sample_block.ts";

import { SAMPLES } from "./sample_lists.ts";

Deno.test("mergeBlocks() equals one block of all samples in the order of arrival", () => {
  fc.assert(fc.property(fc.array(SAMPLES, { maxLength: 6 }), (parts) => {
    assertEquals(plain(mergeBlocks(parts.map(sampleBlock))), plain(sampleBlock(parts.flat())));
  }));
});

Deno.test("sampleBlock() keeps bare heartbeats", () => {
  assertEquals([...sampleBlock([{ at: 3, metrics: {} }]).times], [3]);
});

Deno.test("mergeBlocks() lets the later of two win by metric", () => {
  const early = sampleBlock([{ at: 1, metrics: { cpu: 1, memory: 2 } }]);
  const late = sampleBlock([{ at: 1, metrics: { cpu: 9 } }]);
  assertEquals(plain(mergeBlocks([early, late])), [{ at: 1, metrics: { cpu: 9, memory: 2 } }]);
});

Deno.test("cutBlock() takes from on, leaves out to, and drops metrics without values", () => {
  const block = sampleBlock([
    { at: 1, metrics: { memory: 1 } },
    { at: 2, metrics: { cpu: 2 } },
    { at: 3, metrics: { cpu: 3 } },
  ]);
  const cut = cutBlock(block, 2, 3);
  assertEquals(plain(cut), [{ at: 2, metrics: { cpu: 2 } }]);
  assertEquals([...cut.columns.keys()], ["cpu"]);
});

Deno.test("countValues() counts each metric, not bare heartbeats", () => {
  const samples = [{ at: 1, metrics: {} }, { at: 2, metrics: { cpu: 1, memory: 2 } }];
  assertEquals(countValues(sampleBlock(samples)), 2);
});

Deno.test("newestOf() returns the newest that have a value, oldest first", () => {
  const samples = [1, 2, 3].map((at) => ({ at, metrics: { cpu: at } }));
  const block = sampleBlock([...samples, { at: 4, metrics: { memory: 0 } }]);
  assertEquals(newestOf(block, "cpu", 2), [{ at: 2, value: 2 }, { at: 3, value: 3 }]);
  assertEquals(newestOf(block, "latency", 2), []);
});

function plain({ times, columns }: SampleBlock): unknown {
  return Array.from(times, (at, row) => {
    const values = [...columns].map(([metric, column]) => [metric, column[row] ?? NaN] as const);
    const metrics = values.filter(([, value]) => !Number.isNaN(value)).sort();
    return { at, metrics: Object.fromEntries(metrics) };
  });
}
