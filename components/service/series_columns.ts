/**
 * Columns of samples on their way to the screen: live samples join them, gaps cut them, a table sums them up.
 *
 * @module
 */

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import type { SeriesSample } from "@/lib/domain/sample.ts";
import type { GapView, SeriesColumns, TimelineView } from "@/lib/protocol/history_views.ts";

/** No samples. */
export const NO_COLUMNS: SeriesColumns = { t: [], min: [], max: [], avg: [], count: [] };

/** A pause this many steps long is a hole. */
const HOLE_STEPS = 3;

/** No pause of raw samples below this is a hole, in milliseconds. */
const SHORTEST_HOLE_MS = 2_500;

/**
 * Returns raw columns with the live samples that are newer than theirs, and without what lies before the span but
 * for the last one, from which the line comes in. The same object comes back when nothing changes.
 */
export function appendSamples(
  columns: SeriesColumns,
  samples: readonly SeriesSample[],
  span: TimeSpan,
): SeriesColumns {
  const newest = columns.t.at(-1) ?? -Infinity;
  const added = samples.filter(({ at }) => at > newest && at >= span.from);
  const start = Math.max(0, columns.t.findLastIndex((at) => at < span.from));
  if (added.length === 0 && start === 0) return columns;
  const values = added.map(({ value }) => value);
  const join = (column: readonly number[], more: readonly number[]) => [
    ...column.slice(start),
    ...more,
  ];
  return {
    t: join(columns.t, added.map(({ at }) => at)),
    min: join(columns.min, values),
    max: join(columns.max, values),
    avg: join(columns.avg, values),
    count: join(columns.count, values.map(() => 1)),
  };
}

/** A run of rows of columns without a hole in it: `start` included, `end` left out. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** What cuts lines. */
export interface Holes {
  /** Length of a bucket in milliseconds; 0 for raw samples. */
  readonly stepMs: number;
  /** Times in which no monitor was running. */
  readonly gaps: readonly GapView[];
}

/**
 * Returns what cuts the lines of a service: the gaps, and the instants at which it went DOWN, since that is when
 * nothing came. Samples alone say too little of that where they are few.
 */
export function findHoles(
  { stepMs, gaps }: Holes,
  { spans }: Pick<TimelineView, "spans">,
): Holes {
  const downs = spans.filter(({ status }) => status === "DOWN");
  return { stepMs, gaps: [...gaps, ...downs.map(({ from }) => ({ from, to: from + 1 }))] };
}

/** Returns the runs between which no line may be drawn: the monitor did not run, or samples are missing. */
export function splitAtHoles(columns: SeriesColumns, { stepMs, gaps }: Holes): readonly Run[] {
  const { t } = columns;
  const usualMs = stepMs > 0 ? stepMs : usualPauseMs(t);
  const holeMs = Math.max(HOLE_STEPS * usualMs, stepMs > 0 ? 0 : SHORTEST_HOLE_MS);
  const runs: Run[] = [];
  let start = 0;
  for (let index = 1; index <= t.length; index++) {
    const [before, at] = [t[index - 1] ?? 0, t[index] ?? Infinity];
    // A gap that ends within the bucket before lies to the left of the samples in that.
    const isGap = gaps.some(({ from, to }) => to > before + stepMs && from < at);
    const isCut = at - before > holeMs || isGap;
    if (!isCut) continue;
    runs.push({ start, end: index });
    start = index;
  }
  return runs;
}

/** The lower median pause: one long silence does not make itself usual. */
function usualPauseMs(t: readonly Instant[]): number {
  const pauses = t.slice(1).map((at, index) => at - (t[index] ?? at));
  return pauses.sort((a, b) => a - b)[(pauses.length - 1) >> 1] ?? 0;
}

/** Columns as a plot takes them: times, and for each of them the greatest, the least and the mean value. */
export type PlotColumns = [
  t: Instant[],
  max: (number | null)[],
  min: (number | null)[],
  avg: (number | null)[],
];

/** Returns columns with an empty row between two runs, which a plot draws no line across. */
export function cutAtHoles(columns: SeriesColumns, holes: Holes): PlotColumns {
  const cut: PlotColumns = [[], [], [], []];
  const [t, max, min, avg] = cut;
  for (const { start, end } of splitAtHoles(columns, holes)) {
    const last = t.at(-1);
    if (last !== undefined) {
      t.push((last + (columns.t[start] ?? last)) / 2);
      for (const column of [max, min, avg]) column.push(null);
    }
    t.push(...columns.t.slice(start, end));
    max.push(...columns.max.slice(start, end));
    min.push(...columns.min.slice(start, end));
    avg.push(...columns.avg.slice(start, end));
  }
  return cut;
}

/** Samples summed up. */
export interface ColumnSum {
  /** When the first of them was taken, or its bucket begins. */
  readonly at: Instant;
  readonly min: number;
  readonly max: number;
  /** The mean, each sample counted once. */
  readonly mean: number;
  /** How many samples there are. */
  readonly count: number;
}

/** Returns the sum of the rows from `start` up to `end`; `undefined` if there are none. */
export function sumRows(columns: SeriesColumns, { start, end }: Run): ColumnSum | undefined {
  const at = columns.t[start];
  if (at === undefined || end <= start) return undefined;
  let [min, max, total, count] = [Infinity, -Infinity, 0, 0];
  for (let index = start; index < end; index++) {
    min = Math.min(min, columns.min[index] ?? Infinity);
    max = Math.max(max, columns.max[index] ?? -Infinity);
    const samples = columns.count[index] ?? 1;
    total += (columns.avg[index] ?? 0) * samples;
    count += samples;
  }
  return { at, min, max, mean: total / count, count };
}

/** Returns the sum of all rows; `undefined` if there are none. */
export function sumAll(columns: SeriesColumns): ColumnSum | undefined {
  return sumRows(columns, { start: 0, end: columns.t.length });
}

/** Returns columns as at most `limit` rows, oldest first: as they are while they fit, else so many in one. */
export function downsample(columns: SeriesColumns, limit: number): readonly ColumnSum[] {
  const size = Math.max(1, Math.ceil(columns.t.length / limit));
  const rows: ColumnSum[] = [];
  for (let start = 0; start < columns.t.length; start += size) {
    const row = sumRows(columns, { start, end: Math.min(start + size, columns.t.length) });
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

/** Returns the index of the row nearest to an instant; -1 if there are none. */
export function nearestRow({ t }: Pick<SeriesColumns, "t">, at: Instant): number {
  const after = t.findIndex((time) => time >= at);
  if (after === -1) return t.length - 1;
  const before = after - 1;
  return before >= 0 && at - (t[before] ?? at) < (t[after] ?? at) - at ? before : after;
}

/** What stands at an instant. */
export interface RowAt {
  readonly at: Instant;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** A row further away than so many steps is not what the cursor points at. */
const NEAR_STEPS = 3;

/** Raw samples may be this far away, in milliseconds. */
const NEAR_MS = 5_000;

/** Returns the row that a cursor points at; `undefined` where there are no samples. */
export function readRow(columns: SeriesColumns, at: Instant, { stepMs }: Holes): RowAt | undefined {
  const index = nearestRow(columns, at);
  const time = columns.t[index];
  if (time === undefined || Math.abs(time - at) > Math.max(NEAR_STEPS * stepMs, NEAR_MS)) {
    return undefined;
  }
  return {
    at: time,
    mean: columns.avg[index] ?? 0,
    min: columns.min[index] ?? 0,
    max: columns.max[index] ?? 0,
  };
}

/**
 * Returns the instant so many rows further on; without a cursor it begins at the newest row.
 *
 * @param steps Negative to go back.
 */
export function moveCursor(
  columns: Pick<SeriesColumns, "t">,
  cursor: Instant | null,
  steps: number,
): Instant | null {
  const last = columns.t.length - 1;
  const index = cursor === null ? last : nearestRow(columns, cursor) + steps;
  return columns.t[Math.min(Math.max(index, 0), last)] ?? null;
}
