/**
 * What one process said of one metric, from export to export: what counts is turned into how much it grew since
 * the export before, whether the sender counts from its start or from its last export.
 *
 * @module
 */

import type { Instant } from "../instant.ts";
import type { Observation } from "../observation.ts";
import { addParts, type Measure, type Parts } from "./measure.ts";
import type { Attributes } from "./otlp_export.ts";

/**
 * What was counted within less than this counts as counted within this, in milliseconds: a program may export
 * in the millisecond in which it began, and a rate by that would be beyond all measure.
 */
const LEAST_SPAN_MS = 1_000;

/** What is known of one series. */
export interface SeriesMemory {
  /** What it said last. */
  readonly measure: Measure;
  /** All that was counted so far; of what does not count the value itself. */
  readonly total: Parts;
  /** How much it grew since the export before; `null` if that is not known. */
  readonly increase: Parts | null;
  /** In how long, in milliseconds. */
  readonly elapsedMs: number;
}

/** What is known of one metric. */
export interface MetricMemory {
  /** When the newest export was taken that has it. */
  readonly at: Instant;
  /** When the one before was; `null` if there was none. */
  readonly previousAt: Instant | null;
  /** The series of the newest export. */
  readonly current: ReadonlyMap<string, SeriesMemory>;
  /** Series that are gone from it and may come back. */
  readonly gone: ReadonlyMap<string, SeriesMemory>;
}

/** What an export is looked at with. */
export interface ExportContext {
  /** When it was taken. */
  readonly at: Instant;
  /** When the same process exported before, of whatever metric; `null` if never. */
  readonly previousAt: Instant | null;
  /** A count that began at most so long ago began with its series, in milliseconds. */
  readonly freshMs: number;
}

/** So many series of one metric of one process may be gone and are remembered all the same. */
const MAX_GONE = 200;

/**
 * Returns what is known after an export; the same if the export is not newer. What is not in it has not grown or
 * is gone.
 */
export function advanceMetric(
  before: MetricMemory | null,
  measures: readonly Measure[],
  context: ExportContext,
): MetricMemory {
  const { at } = context;
  if (before !== null && at < before.at) return before;
  // Senders split what they observed at one instant into several requests.
  const isSame = before?.at === at;
  const previousAt = isSame ? before.previousAt : before?.at ?? null;
  const known = new Map([...before?.gone ?? [], ...before?.current ?? []]);
  const current = new Map(isSame ? before.current : []);
  for (const measure of measures) {
    const { key } = measure;
    if (current.has(key)) continue;
    current.set(key, advanceSeries(known.get(key), measure, { ...context, metricAt: previousAt }));
  }
  const gone = [...known].filter(([key]) => !current.has(key)).slice(-MAX_GONE);
  return { at, previousAt, current, gone: new Map(gone) };
}

interface SeriesContext extends ExportContext {
  /** When the metric was exported before; `null` if never. */
  readonly metricAt: Instant | null;
}

function advanceSeries(
  before: SeriesMemory | undefined,
  measure: Measure,
  context: SeriesContext,
): SeriesMemory {
  switch (measure.countsFrom) {
    case "nothing":
      return { measure, total: measure.parts, increase: null, elapsedMs: 0 };
    case "start":
      return advanceTotal(before, measure, context);
    case "last export":
      return advanceDelta(before, measure, context);
  }
}

function advanceTotal(
  before: SeriesMemory | undefined,
  measure: Measure,
  context: SeriesContext,
): SeriesMemory {
  const { parts: total, at } = measure;
  if (before === undefined) {
    const elapsedMs = sinceBegin(measure, context);
    return { measure, total, increase: elapsedMs > 0 ? total : null, elapsedMs };
  }
  const difference = subtractParts(total, before.total);
  const isReset = measure.startedAt > before.measure.at || difference === null;
  const elapsedMs = at - before.measure.at;
  const increase = isReset ? total : difference;
  return { measure, total, increase: elapsedMs > 0 ? increase : null, elapsedMs };
}

function advanceDelta(
  before: SeriesMemory | undefined,
  measure: Measure,
  context: SeriesContext,
): SeriesMemory {
  const { parts, startedAt, at } = measure;
  const total = addParts(before?.total ?? new Map(), parts);
  const elapsedMs = startedAt > 0 && at >= startedAt
    ? Math.max(LEAST_SPAN_MS, at - startedAt)
    : sinceBegin(measure, context);
  return { measure, total, increase: elapsedMs > 0 ? parts : null, elapsedMs };
}

/**
 * Returns how long ago a series that was not known was at zero, in milliseconds; 0 if that cannot be known: a
 * process that ran for days before Vitals heard of it has counted for days.
 */
function sinceBegin({ startedAt, at }: Measure, context: SeriesContext): number {
  const { metricAt, previousAt, freshMs } = context;
  if (metricAt !== null) return at - metricAt;
  if (startedAt > 0 && at >= startedAt && at - startedAt <= freshMs) {
    return Math.max(LEAST_SPAN_MS, at - startedAt);
  }
  return previousAt === null ? 0 : at - previousAt;
}

/** Returns how much the parts grew; `null` if one has fallen, so that the counting began anew. */
function subtractParts(now: Parts, before: Parts): Parts | null {
  const growth = new Map<string | number, number>();
  for (const part of new Set([...now.keys(), ...before.keys()])) {
    const grown = (now.get(part) ?? 0) - (before.get(part) ?? 0);
    // A sum of values below zero falls while all is well.
    if (grown < 0 && part !== "sum") return null;
    growth.set(part, grown);
  }
  return growth;
}

/** Returns the longest time over which a series grew, in milliseconds; 0 if none did. */
export function spanOf({ current }: MetricMemory): number {
  let spanMs = 0;
  for (const { increase, elapsedMs } of current.values()) {
    if (increase !== null) spanMs = Math.max(spanMs, elapsedMs);
  }
  return spanMs;
}

/** What a metric said in its newest export, and what it would have said some time before. */
export interface ObservedGrowth {
  /** Now. */
  readonly now: readonly Observation[];
  /** So much earlier, had it grown all the time as it did last; without what is not known. */
  readonly earlier: readonly Observation[];
}

/** What observations are made with. */
export interface ObserveOptions {
  /** Name of the metric. */
  readonly name: string;
  /** Added to the labels of each. */
  readonly labels: Readonly<Record<string, string>>;
  /** How much earlier, in milliseconds. */
  readonly spanMs: number;
  /** Tells whether something of this name is left out. @default {() => false} */
  readonly leavesOut?: (name: string) => boolean;
}

/** Returns a metric as expressions look at it. */
export function observeMetric(
  { current }: MetricMemory,
  { name, labels, spanMs, leavesOut = () => false }: ObserveOptions,
): ObservedGrowth {
  const now: Observation[] = [];
  const earlier: Observation[] = [];
  for (const { measure, total, increase, elapsedMs } of current.values()) {
    const { isHistogram } = measure;
    const own = { name: name + measure.suffix, labels: { ...labels, ...measure.labels } };
    const series = { ...own, isHistogram, leavesOut };
    now.push(...toObservations(series, total));
    if (increase === null) continue;
    const share = spanMs / elapsedMs;
    const grown = new Map([...increase].map(([part, value]) => [part, -value * share]));
    earlier.push(...toObservations(series, addParts(total, grown)));
  }
  return { now, earlier };
}

type NamedSeries =
  & Pick<Measure, "labels" | "isHistogram">
  & Required<Pick<ObserveOptions, "name" | "leavesOut">>;

function toObservations(
  { name, labels, isHistogram, leavesOut }: NamedSeries,
  parts: Parts,
): readonly Observation[] {
  const one = (suffix: string, value: number | undefined): Observation[] =>
    value === undefined || leavesOut(name + suffix) ? [] : [{ name: name + suffix, labels, value }];
  if (!isHistogram) return one("", parts.get("value"));
  const count = parts.get("count") ?? 0;
  const buckets = leavesOut(`${name}_bucket`)
    ? []
    : bucketObservations({ name: `${name}_bucket`, labels, count }, parts);
  return [...buckets, ...one("_count", count), ...one("_sum", parts.get("sum"))];
}

/** A histogram, and how many values it has. */
export interface BucketSeries {
  /** The name of its buckets. */
  readonly name: string;
  /** What tells it from others. */
  readonly labels: Attributes;
  /** How many values there are in all. */
  readonly count: number;
}

/** Returns buckets as an exposition has them: each counts all that is below it too, the last one counts all. */
export function bucketObservations(
  { name, labels, count }: BucketSeries,
  parts: Parts,
): readonly Observation[] {
  const bounds = [...parts.keys()].filter((part) => typeof part === "number")
    .filter(Number.isFinite).sort((one, other) => one - other);
  let below = 0;
  const buckets = bounds.map((bound) => {
    below += parts.get(bound) ?? 0;
    return { name, labels: { ...labels, le: String(bound) }, value: below };
  });
  return [...buckets, { name, labels: { ...labels, le: "+Inf" }, value: count }];
}
