/**
 * Data points for tests, as a decoder makes them.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Observation } from "@/lib/domain/observation.ts";
import { readMeasures } from "@/lib/domain/otlp/measure.ts";
import {
  advanceMetric,
  type ExportContext,
  type MetricMemory,
  type ObservedGrowth,
  observeMetric,
} from "@/lib/domain/otlp/metric_memory.ts";
import type {
  Attributes,
  ExponentialHistogramPoint,
  HistogramPoint,
  MetricData,
  NumberPoint,
  OtlpMetric,
} from "@/lib/domain/otlp/otlp_export.ts";

/** Returns a number that was observed. */
export function number(
  value: number | null,
  facts: Partial<Omit<NumberPoint, "value">> = {},
): NumberPoint {
  return { attributes: {}, startedAt: 0, at: 0, isEmpty: false, ...facts, value };
}

/** Returns a sum that only grows. */
export function counter(
  points: readonly NumberPoint[],
  temporality: "cumulative" | "delta" = "cumulative",
): MetricData {
  return { kind: "sum", temporality, isMonotonic: true, points };
}

/** Returns the histogram of some values. */
export function histogramOf(
  values: readonly number[],
  facts: Partial<HistogramPoint> & { readonly bounds: readonly number[] },
): HistogramPoint {
  const { bounds } = facts;
  const counts = [...bounds.map(() => 0), 0];
  for (const value of values) {
    const bucket = bounds.findIndex((bound) => value <= bound);
    const place = bucket < 0 ? bounds.length : bucket;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const sum = values.reduce((all, value) => all + value, 0);
  const point = { attributes: {}, startedAt: 0, at: 0, isEmpty: false };
  return { ...point, count: values.length, sum, counts, ...facts };
}

/** Returns the exponential histogram of some values above zero. */
export function exponentialOf(
  values: readonly number[],
  { scale, ...facts }: Partial<ExponentialHistogramPoint> & { readonly scale: number },
): ExponentialHistogramPoint {
  const indexes = values.map((value) => Math.ceil(Math.log2(value) * 2 ** scale) - 1);
  const offset = indexes.length === 0 ? 0 : Math.min(...indexes);
  const counts = Array.from({ length: Math.max(offset, ...indexes) - offset + 1 }, () => 0);
  for (const index of indexes) counts[index - offset] = (counts[index - offset] ?? 0) + 1;
  const sum = values.reduce((all, value) => all + value, 0);
  return {
    ...{ attributes: {}, startedAt: 0, at: 0, isEmpty: false },
    ...{ count: values.length, sum, scale, zeroCount: 0, zeroThreshold: 0 },
    positive: { offset, counts: indexes.length === 0 ? [] : counts },
    negative: { offset: 0, counts: [] },
    ...facts,
  };
}

/** Returns a metric. */
export function metric(name: string, data: MetricData): OtlpMetric {
  return { name, data };
}

/** One metric of one process, export after export. */
export class MetricStory {
  readonly #name: string;
  readonly #freshMs: number;
  #memory: MetricMemory | null = null;

  /** Begins with nothing. */
  constructor(name = "m", freshMs = 120_000) {
    this.#name = name;
    this.#freshMs = freshMs;
  }

  /** Takes an export. */
  take(
    data: MetricData,
    { at, previousAt = null }: Partial<ExportContext> & { at: Instant },
  ): void {
    const { measures } = readMeasures(metric(this.#name, data));
    const dated = measures.map((measure) => ({ ...measure, at: measure.at || at }));
    const context = { at, previousAt, freshMs: this.#freshMs };
    this.#memory = advanceMetric(this.#memory, dated, context);
  }

  /** Returns by name and labels how much each series grew within a span; what is not known is left out. */
  growth(spanMs: number): Readonly<Record<string, number>> {
    const { now, earlier } = this.observe(spanMs);
    const before = new Map(earlier.map((each) => [title(each), each.value]));
    return Object.fromEntries(now.flatMap((each) => {
      const value = before.get(title(each));
      return value === undefined ? [] : [[title(each), each.value - value]];
    }));
  }

  /** Returns the values by name and labels. */
  values(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.observe(1).now.map((each) => [title(each), each.value]));
  }

  /** Returns what expressions look at. */
  observe(spanMs: number): ObservedGrowth {
    if (this.#memory === null) return { now: [], earlier: [] };
    return observeMetric(this.#memory, { name: this.#name, labels: {}, spanMs });
  }
}

function title({ name, labels }: Observation): string {
  const pairs = Object.entries(labels as Attributes).map(([label, value]) => `${label}=${value}`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(",")}}`;
}
