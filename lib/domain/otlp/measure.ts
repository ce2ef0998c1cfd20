/**
 * Data points taken apart into numbers that can be subtracted and added: one measure for each series.
 *
 * @module
 */

import type { Instant } from "../instant.ts";
import { explicitBuckets } from "./exponential_buckets.ts";
import type {
  Attributes,
  ExponentialHistogramPoint,
  HistogramPoint,
  MetricData,
  NumberPoint,
  OtlpMetric,
  PointFacts,
  SummaryPoint,
  Temporality,
} from "./otlp_export.ts";

/**
 * The numbers of a measure. A plain one has `"value"`; a histogram has `"count"`, perhaps `"sum"`, and by the
 * upper bound of each bucket how many values are in that bucket alone.
 */
export type Parts = ReadonlyMap<string | number, number>;

/** What one series says in one export. */
export interface Measure {
  /** The series among those of its metric: its suffix and its labels, in one text. */
  readonly key: string;
  /** What is put behind the name of the metric. */
  readonly suffix: "" | "_sum" | "_count";
  /** What tells it from others. */
  readonly labels: Attributes;
  /** Whether it has buckets. */
  readonly isHistogram: boolean;
  /** What its numbers count from; `"nothing"` if they stand for themselves. */
  readonly countsFrom: "nothing" | "start" | "last export";
  /** When the counting began; 0 if that is not known. */
  readonly startedAt: Instant;
  /** When it was observed; 0 if that is not known. */
  readonly at: Instant;
  /** Its numbers. */
  readonly parts: Parts;
}

/** So many characters of labels count as one value. */
const TEXT_OF_VALUE = 64;

/** Returns how much room a measure takes, in values. */
export function sizeOf({ key, parts }: Measure): number {
  return parts.size + Math.floor(key.length / TEXT_OF_VALUE);
}

/** What a metric says, and what of it makes no sense. */
export interface MetricReading {
  /** One for each series, all numbers of it together. */
  readonly measures: readonly Measure[];
  /** How many data points were no good. */
  readonly rejected: number;
  /** What was wrong with the first of them; `null` if all were good. */
  readonly problem: string | null;
}

/** More buckets than this in one data point make no sense: exporters have 20 to 160. */
export const MAX_BUCKETS = 2_000;

/** Returns what a metric says. Points that say nothing was recorded are left out. */
export function readMeasures({ name, data }: OtlpMetric): MetricReading {
  if (data.kind === "none") return { measures: [], rejected: 0, problem: null };
  const { points } = data;
  const problem = name === "" ? "a metric has no name" : explainTemporality(data);
  if (problem !== null && points.length > 0) {
    return { measures: [], rejected: points.length, problem: `${problem}, in ${naming(name)}` };
  }
  const measures = new Map<string, Measure>();
  const problems: string[] = [];
  for (const point of points) {
    if (point.isEmpty) continue;
    const found = readPoint(data, point);
    if (typeof found === "string") problems.push(found);
    else for (const measure of found) merge(measure, measures);
  }
  const [first] = problems;
  return {
    measures: [...measures.values()],
    rejected: problems.length,
    problem: first === undefined ? null : `${first}, in ${naming(name)}`,
  };
}

function naming(name: string): string {
  return JSON.stringify(name.slice(0, 100));
}

function explainTemporality(data: Exclude<MetricData, { kind: "none" }>): string | null {
  if (!("temporality" in data) || data.temporality !== "unspecified") return null;
  return "the temporality is not specified; it must be DELTA or CUMULATIVE";
}

/** Points of one series in one export: deltas follow each other, of totals the newest counts. */
function merge(measure: Measure, measures: Map<string, Measure>): void {
  const { key } = measure;
  const other = measures.get(key);
  if (other === undefined) return void measures.set(key, measure);
  const [older, newer] = other.at <= measure.at ? [other, measure] : [measure, other];
  measures.set(key, newer.countsFrom === "last export" ? joinDeltas(older, newer) : newer);
}

function joinDeltas(older: Measure, newer: Measure): Measure {
  const startedAt = older.startedAt === 0 ? newer.startedAt : older.startedAt;
  return { ...newer, startedAt, parts: addParts(older.parts, newer.parts) };
}

/** Returns one and the other together. */
export function addParts(one: Parts, other: Parts): Parts {
  const sum = new Map(one);
  for (const [part, value] of other) sum.set(part, (sum.get(part) ?? 0) + value);
  return sum;
}

type PointsOf<Data> = Data extends { readonly points: readonly (infer Point)[] } ? Point : never;

type SomePoint = PointsOf<MetricData>;

/** What is wrong with a point, or what it says. */
type Reading = string | readonly Measure[];

function readPoint(data: Exclude<MetricData, { kind: "none" }>, point: SomePoint): Reading {
  if ("scale" in point) return readExponential(point, temporalityOf(data));
  if ("bounds" in point) return readHistogram(point, temporalityOf(data));
  if ("quantiles" in point) return readSummary(point);
  return readNumber(point, numberCountsFrom(data));
}

function temporalityOf(data: MetricData): Temporality {
  return "temporality" in data ? data.temporality : "cumulative";
}

/** A sum that may fall is a value like any other, once it is no difference. */
function numberCountsFrom(data: MetricData): Measure["countsFrom"] {
  if (data.kind !== "sum") return "nothing";
  if (data.temporality === "delta") return "last export";
  return data.isMonotonic ? "start" : "nothing";
}

function readNumber(point: NumberPoint, countsFrom: Measure["countsFrom"]): Reading {
  const { value, attributes } = point;
  if (value === null) return "a data point has no value";
  if (!Number.isFinite(value)) return [];
  return [measureOf(point, { labels: attributes, countsFrom, parts: new Map([["value", value]]) })];
}

function readHistogram(point: HistogramPoint, temporality: Temporality): Reading {
  const { bounds, counts, count, sum, attributes } = point;
  if (counts.length > MAX_BUCKETS) return tooManyBuckets(counts.length);
  if (counts.length > 0 && counts.length !== bounds.length + 1) {
    return `${bounds.length} bounds need ${bounds.length + 1} bucket counts, got ${counts.length}`;
  }
  if (bounds.some((bound, index) => !(bound > (bounds[index - 1] ?? -Infinity)))) {
    return "the bounds of a histogram must ascend";
  }
  const buckets = new Map(counts.map((each, index) => [bounds[index] ?? Infinity, each]));
  const parts = histogramParts({ count, sum, buckets });
  const countsFrom = temporality === "delta" ? "last export" : "start";
  return [measureOf(point, { labels: attributes, countsFrom, parts, isHistogram: true })];
}

function readExponential(point: ExponentialHistogramPoint, temporality: Temporality): Reading {
  const { count, sum, attributes, scale, positive, negative } = point;
  const length = positive.counts.length + negative.counts.length;
  if (length > MAX_BUCKETS) return tooManyBuckets(length);
  if (Math.abs(scale) > MAX_SCALE) return `the scale of a histogram must be ±${MAX_SCALE}`;
  const parts = histogramParts({ count, sum, buckets: explicitBuckets(point) });
  const countsFrom = temporality === "delta" ? "last export" : "start";
  return [measureOf(point, { labels: attributes, countsFrom, parts, isHistogram: true })];
}

/** The data model lets senders choose; those that there are stay within -10 to 20. */
const MAX_SCALE = 30;

function tooManyBuckets(count: number): string {
  return `a histogram may have ${MAX_BUCKETS} buckets, got ${count}`;
}

interface HistogramNumbers {
  readonly count: number;
  readonly sum: number | null;
  readonly buckets: ReadonlyMap<number, number>;
}

function histogramParts({ count, sum, buckets }: HistogramNumbers): Parts {
  const total: [string, number][] = sum === null ? [] : [["sum", sum]];
  return new Map<string | number, number>([["count", count], ...total, ...buckets]);
}

function readSummary(point: SummaryPoint): Reading {
  const { attributes: labels, count, sum, quantiles } = point;
  const computed = quantiles.filter(({ value }) => Number.isFinite(value)).map((each) =>
    measureOf(point, {
      labels: { ...labels, quantile: String(each.quantile) },
      countsFrom: "nothing",
      parts: new Map([["value", each.value]]),
    })
  );
  const counted = (["_count", "_sum"] as const).map((suffix) =>
    measureOf(point, {
      ...{ labels, suffix, countsFrom: "start" },
      parts: new Map([["value", suffix === "_sum" ? sum : count]]),
    })
  );
  return [...computed, ...counted];
}

type MeasureFacts =
  & Pick<Measure, "labels" | "countsFrom" | "parts">
  & Partial<Pick<Measure, "suffix" | "isHistogram">>;

function measureOf(
  { startedAt, at }: PointFacts,
  { labels, countsFrom, parts, suffix = "", isHistogram = false }: MeasureFacts,
): Measure {
  const pairs = Object.entries(labels).sort(([one], [other]) => one < other ? -1 : 1);
  const key = JSON.stringify([suffix, ...pairs]);
  return { key, suffix, labels, isHistogram, countsFrom, startedAt, at, parts };
}
