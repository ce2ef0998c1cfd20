/**
 * Samples of one service as columns: many of them side by side, in order of time, each instant once.
 *
 * @module
 */

import { joinKeys } from "./join_keys.ts";
import type { Sample, SeriesSample } from "./sample.ts";

/** Samples of one service. A row without any value is a bare heartbeat. */
export interface SampleBlock {
  /** The instants, ascending, each once. */
  readonly times: Float64Array;
  /** By metric id: one value a row, `NaN` where the metric was not measured. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** No samples. */
export const NO_SAMPLES: SampleBlock = { times: new Float64Array(), columns: new Map() };

/**
 * Returns samples of one service as a block. Of two of the same instant the later one in the list wins, metric
 * by metric.
 *
 * @example Late and twice
 * ```ts
 * import { sampleBlock } from "@/lib/domain/sample_block.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const block = sampleBlock([
 *   { at: 2, metrics: { cpu: 20 } },
 *   { at: 1, metrics: { cpu: 10 } },
 *   { at: 2, metrics: { cpu: 21 } },
 * ]);
 * assertEquals([...block.times], [1, 2]);
 * assertEquals([...block.columns.get("cpu") ?? []], [10, 21]);
 * ```
 */
export function sampleBlock(samples: readonly Pick<Sample, "at" | "metrics">[]): SampleBlock {
  const times = Float64Array.from(new Set(samples.map(({ at }) => at))).sort();
  const rows = new Map(Array.from(times, (at, row) => [at, row]));
  const columns = new Map<string, Float64Array>();
  for (const { at, metrics } of samples) {
    for (const [metric, value] of Object.entries(metrics)) {
      const column = columns.get(metric) ?? new Float64Array(times.length).fill(NaN);
      columns.set(metric, column);
      column[rows.get(at) ?? 0] = value;
    }
  }
  return { times, columns };
}

/** Returns all samples of some blocks. Of two of the same instant that of the later block wins, metric by metric. */
export function mergeBlocks(blocks: readonly SampleBlock[]): SampleBlock {
  if (blocks.length <= 1) return blocks[0] ?? NO_SAMPLES;
  const middle = blocks.length >> 1;
  return mergeTwo(mergeBlocks(blocks.slice(0, middle)), mergeBlocks(blocks.slice(middle)));
}

/** Returns the samples from `from` on and before `to`. */
export function cutBlock(block: SampleBlock, from: number, to: number): SampleBlock {
  const [first, end] = [lowerBound(block.times, from), lowerBound(block.times, to)];
  return first === 0 && end === block.times.length ? block : sliceBlock(block, first, end);
}

/** Returns the rows from `first` on and before `end`. */
export function sliceBlock(block: SampleBlock, first: number, end: number): SampleBlock {
  const columns = new Map<string, Float64Array>();
  for (const [metric, column] of block.columns) {
    const part = column.subarray(first, end);
    if (part.some(isPresent)) columns.set(metric, part);
  }
  return { times: block.times.subarray(first, end), columns };
}

/** Returns how many values there are, all metrics together. */
export function countValues({ columns }: SampleBlock): number {
  let count = 0;
  for (const column of columns.values()) count += countPresent(column);
  return count;
}

/** Returns how many rows of a column have a value. */
export function countPresent(column: Float64Array): number {
  let count = 0;
  for (const value of column) if (isPresent(value)) count++;
  return count;
}

/** Returns the newest samples of one metric, oldest first. */
export function newestOf(
  { times, columns }: SampleBlock,
  metric: string,
  most: number,
): SeriesSample[] {
  const column = columns.get(metric) ?? new Float64Array();
  const found: SeriesSample[] = [];
  for (let row = column.length - 1; row >= 0 && found.length < most; row--) {
    const [at, value] = [times[row] ?? NaN, column[row] ?? NaN];
    if (isPresent(value)) found.push({ at, value });
  }
  return found.reverse();
}

/** Returns the index of the first element that is not below `key`. */
export function lowerBound(ascending: Float64Array, key: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? NaN) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mergeTwo(older: SampleBlock, newer: SampleBlock): SampleBlock {
  if (older.times.length === 0) return newer;
  if (newer.times.length === 0) return older;
  const { keys, left, right } = joinKeys(older.times, newer.times);
  const columns = new Map<string, Float64Array>();
  for (const metric of new Set([...older.columns.keys(), ...newer.columns.keys()])) {
    const column = new Float64Array(keys.length).fill(NaN);
    place(column, older.columns.get(metric), left);
    place(column, newer.columns.get(metric), right);
    columns.set(metric, column);
  }
  return { times: keys, columns };
}

function place(into: Float64Array, values: Float64Array | undefined, rows: Int32Array): void {
  if (values === undefined) return;
  for (const [index, value] of values.entries()) {
    if (isPresent(value)) into[rows[index] ?? 0] = value;
  }
}

function isPresent(value: number): boolean {
  return !Number.isNaN(value);
}
