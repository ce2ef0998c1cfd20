/**
 * Samples and buckets as they are shown.
 *
 * @module
 */

import type { BucketBlock, BucketColumns } from "@/lib/domain/bucket_block.ts";
import type { SampleBlock } from "@/lib/domain/sample_block.ts";
import type { HistoryView, SeriesColumns } from "@/lib/protocol/history_views.ts";

/** The part of {@linkcode HistoryView} that is made from samples. */
export type SeriesViews = HistoryView["metrics"];

/** Returns samples as they came. */
export function viewSamples({ times, columns }: SampleBlock): SeriesViews {
  const instants = Array.from(times);
  const views = Array.from(columns, ([metric, column]): [string, SeriesColumns] => {
    const isPresent = (_: number, row: number) => !Number.isNaN(column[row]);
    const isFull = column.every((value) => !Number.isNaN(value));
    const t = isFull ? instants : instants.filter(isPresent);
    // The same list for all three: it is sent to the main thread once.
    const values = Array.from(isFull ? column : column.filter(isPresent));
    return [metric, { t, min: values, max: values, avg: values, count: values.map(() => 1) }];
  });
  return Object.fromEntries(views.filter(([, { t }]) => t.length > 0));
}

/** Returns buckets. */
export function viewBuckets({ starts, columns }: BucketBlock): SeriesViews {
  const views = Array.from(
    columns,
    ([metric, column]): [string, SeriesColumns] => [metric, viewColumns(starts, column)],
  );
  return Object.fromEntries(views.filter(([, { t }]) => t.length > 0));
}

function viewColumns(
  starts: Float64Array,
  { count, min, max, sum }: BucketColumns,
): SeriesColumns {
  const isPresent = (_: number, row: number) => (count[row] ?? 0) > 0;
  const take = (values: Float64Array) => Array.from(values.filter(isPresent));
  const means = sum.map((total, row) => total / (count[row] ?? NaN));
  return { t: take(starts), min: take(min), max: take(max), avg: take(means), count: take(count) };
}
