/**
 * Buckets: what is kept of samples when they are too many. A bucket keeps the least, the greatest, the sum,
 * the number and the last of its values, so that a spike of one second is still there after two years.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
import { joinKeys } from "./join_keys.ts";
import { lowerBound, type SampleBlock } from "./sample_block.ts";

/** The buckets of one metric, one a row. */
export interface BucketColumns {
  /** How many values each has; 0 where the metric was not measured, and then all else is 0. */
  readonly count: Float64Array;
  /** The least value. */
  readonly min: Float64Array;
  /** The greatest value. */
  readonly max: Float64Array;
  /** The sum of the values, to 15 digits: what is below is error of rounding. */
  readonly sum: Float64Array;
  /** The value of the newest sample. */
  readonly last: Float64Array;
}

/** Buckets of one service, of equal length. */
export interface BucketBlock {
  /** Their beginnings, ascending, each once. Buckets without values are left out. */
  readonly starts: Float64Array;
  /** By metric id. */
  readonly columns: ReadonlyMap<string, BucketColumns>;
}

/** No buckets. */
export const NO_BUCKETS: BucketBlock = { starts: new Float64Array(), columns: new Map() };

/** Returns the beginning of the bucket that an instant lies in. */
export function bucketStart(at: Instant, stepMs: number): Instant {
  return Math.floor(at / stepMs) * stepMs;
}

/** Returns samples in buckets. Bare heartbeats leave none. */
export function bucketSamples(block: SampleBlock, stepMs: number): BucketBlock {
  return coarsen({ starts: block.times, columns: mapValues(block.columns, singles) }, stepMs);
}

/**
 * Returns buckets in larger buckets, whose length must be a multiple of theirs.
 *
 * @example
 * ```ts
 * import { bucketSamples, coarsen } from "@/lib/domain/bucket_block.ts";
 * import { sampleBlock } from "@/lib/domain/sample_block.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const samples = [1, 99, 2].map((cpu, index) => ({ at: 10_000 * index, metrics: { cpu } }));
 * const minutes = coarsen(bucketSamples(sampleBlock(samples), 10_000), 60_000);
 * assertEquals([...minutes.starts], [0]);
 * assertEquals([...minutes.columns.get("cpu")?.max ?? []], [99]);
 * ```
 */
export function coarsen(block: BucketBlock, stepMs: number): BucketBlock {
  const hasValue = findValues(block);
  const starts: number[] = [];
  const rows = Int32Array.from(block.starts, (at, row) => {
    const start = bucketStart(at, stepMs);
    if (hasValue[row] === 1 && starts.at(-1) !== start) starts.push(start);
    return starts.length - 1;
  });
  const columns = mapValues(block.columns, (source) => {
    const into = emptyColumns(starts.length);
    addRows(into, { source, rows });
    return into;
  });
  return { starts: Float64Array.from(starts), columns };
}

/** Returns buckets of which some were found anew: of two with the same beginning, that of `newer` stays. */
export function replaceBuckets(older: BucketBlock, newer: BucketBlock): BucketBlock {
  return join(older, newer, { replaces: true });
}

/**
 * Returns buckets and what came late for them. Nothing tells which of the values was the last one then; that
 * of `older` stays.
 */
export function addBuckets(older: BucketBlock, late: BucketBlock): BucketBlock {
  return join(older, late, { replaces: false });
}

/** Returns the buckets that begin from `from` on and before `to`. */
export function cutBuckets(block: BucketBlock, from: Instant, to: Instant): BucketBlock {
  const [first, end] = [lowerBound(block.starts, from), lowerBound(block.starts, to)];
  return first === 0 && end === block.starts.length ? block : sliceBuckets(block, first, end);
}

/** Returns the rows from `first` on and before `end`. */
export function sliceBuckets(block: BucketBlock, first: number, end: number): BucketBlock {
  const columns = mapValues(block.columns, ({ count, min, max, sum, last }) => ({
    count: count.subarray(first, end),
    min: min.subarray(first, end),
    max: max.subarray(first, end),
    sum: sum.subarray(first, end),
    last: last.subarray(first, end),
  }));
  const isUsed = ({ count }: BucketColumns) => count.some((values) => values > 0);
  return {
    starts: block.starts.subarray(first, end),
    columns: new Map([...columns].filter(([, column]) => isUsed(column))),
  };
}

/**
 * Returns buckets with their sums rounded to 15 digits. What is cut off is error of adding up, and would
 * not compress.
 */
export function roundSums({ starts, columns }: BucketBlock): BucketBlock {
  const round = (sum: number) => Number(sum.toPrecision(15));
  return {
    starts,
    columns: mapValues(columns, (column) => ({ ...column, sum: column.sum.map(round) })),
  };
}

/** Each value is a bucket of its own. */
function singles(values: Float64Array): BucketColumns {
  const count = values.map((value) => Number.isNaN(value) ? 0 : 1);
  return { count, min: values, max: values, sum: values, last: values };
}

function findValues({ starts, columns }: BucketBlock): Uint8Array {
  const found = new Uint8Array(starts.length);
  for (const { count } of columns.values()) {
    for (let row = 0; row < count.length; row++) if ((count[row] ?? 0) > 0) found[row] = 1;
  }
  return found;
}

function join(
  older: BucketBlock,
  newer: BucketBlock,
  { replaces }: { readonly replaces: boolean },
): BucketBlock {
  if (older.starts.length === 0) return newer;
  if (newer.starts.length === 0) return older;
  const { keys, left, right } = joinKeys(older.starts, newer.starts);
  const isReplaced = new Uint8Array(keys.length);
  if (replaces) { for (const row of right) isReplaced[row] = 1; }
  const columns = new Map<string, BucketColumns>();
  for (const metric of new Set([...older.columns.keys(), ...newer.columns.keys()])) {
    const into = emptyColumns(keys.length);
    // The older ones come second, so that their last value stays.
    addRows(into, { source: newer.columns.get(metric), rows: right });
    addRows(into, { source: older.columns.get(metric), rows: left, isReplaced });
    columns.set(metric, into);
  }
  return { starts: keys, columns };
}

interface AddedRows {
  readonly source: BucketColumns | undefined;
  /** Where each row goes. */
  readonly rows: Int32Array;
  /** Rows that take nothing. */
  readonly isReplaced?: Uint8Array;
}

function addRows(into: BucketColumns, { source, rows, isReplaced }: AddedRows): void {
  if (source === undefined) return;
  for (let from = 0; from < rows.length; from++) {
    const [row, count] = [rows[from] ?? 0, source.count[from] ?? 0];
    if (count === 0 || isReplaced?.[row] === 1) continue;
    const [min, max] = [source.min[from] ?? NaN, source.max[from] ?? NaN];
    const before = into.count[row] ?? 0;
    into.min[row] = before === 0 ? min : Math.min(min, into.min[row] ?? NaN);
    into.max[row] = before === 0 ? max : Math.max(max, into.max[row] ?? NaN);
    into.sum[row] = (into.sum[row] ?? 0) + (source.sum[from] ?? NaN);
    into.last[row] = source.last[from] ?? NaN;
    into.count[row] = before + count;
  }
}

function emptyColumns(length: number): BucketColumns {
  const make = () => new Float64Array(length);
  return { count: make(), min: make(), max: make(), sum: make(), last: make() };
}

function mapValues<From, To>(
  map: ReadonlyMap<string, From>,
  change: (value: From) => To,
): ReadonlyMap<string, To> {
  return new Map(Array.from(map, ([key, value]) => [key, change(value)]));
}
