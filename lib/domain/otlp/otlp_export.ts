/**
 * What an OpenTelemetry exporter sends at once, as far as Vitals looks at it, free of its encoding. The words are
 * those of the protocol (opentelemetry-proto, `metrics.proto`), where what Vitals calls a sample is a data point.
 *
 * @module
 */

import type { Instant } from "../instant.ts";

/** Names with texts: what describes a resource or tells series apart. Numbers and lists are written as JSON. */
export type Attributes = Readonly<Record<string, string>>;

/** Whether a value counts from the start of the series, or from the export before. */
export type Temporality = "cumulative" | "delta" | "unspecified";

/** What every data point has. */
export interface PointFacts {
  /** What tells its series from others of the same name. */
  readonly attributes: Attributes;
  /** When the counting began; 0 if that is not known. */
  readonly startedAt: Instant;
  /** When it was observed; 0 if that is not known. */
  readonly at: Instant;
  /** Whether it only says that nothing was recorded. */
  readonly isEmpty: boolean;
}

/** One number. */
export interface NumberPoint extends PointFacts {
  /** The number; `null` if there is none. */
  readonly value: number | null;
}

/** How many values fell between which bounds. */
export interface HistogramPoint extends PointFacts {
  /** How many there were. */
  readonly count: number;
  /** Their sum; `null` if it is not known. */
  readonly sum: number | null;
  /** The upper bounds, ascending; the last bucket, beyond all of them, has none. */
  readonly bounds: readonly number[];
  /** How many values are in each bucket: one more than there are bounds, or none at all. */
  readonly counts: readonly number[];
}

/** Buckets whose bounds are powers of one base. */
export interface ExponentialBuckets {
  /** The index of the first bucket. */
  readonly offset: number;
  /** How many values are in each, from there on. */
  readonly counts: readonly number[];
}

/** How many values fell into buckets whose bounds are powers of one base. */
export interface ExponentialHistogramPoint extends PointFacts {
  /** How many there were. */
  readonly count: number;
  /** Their sum; `null` if it is not known. */
  readonly sum: number | null;
  /** The base is 2 to the power of 2 to the power of minus this. */
  readonly scale: number;
  /** How many were about zero. */
  readonly zeroCount: number;
  /** What counts as zero: at most this far from it. */
  readonly zeroThreshold: number;
  /** Those above zero. */
  readonly positive: ExponentialBuckets;
  /** Those below zero, mirrored. */
  readonly negative: ExponentialBuckets;
}

/** Quantiles that the sender computed. */
export interface SummaryPoint extends PointFacts {
  /** How many values there were. */
  readonly count: number;
  /** Their sum. */
  readonly sum: number;
  /** Values by quantile, 0 to 1. */
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
}

/** The data points of a metric. */
export type MetricData =
  | { readonly kind: "none" }
  | { readonly kind: "gauge"; readonly points: readonly NumberPoint[] }
  | {
    readonly kind: "sum";
    readonly temporality: Temporality;
    /** Whether it only grows. */
    readonly isMonotonic: boolean;
    readonly points: readonly NumberPoint[];
  }
  | {
    readonly kind: "histogram";
    readonly temporality: Temporality;
    readonly points: readonly HistogramPoint[];
  }
  | {
    readonly kind: "exponential histogram";
    readonly temporality: Temporality;
    readonly points: readonly ExponentialHistogramPoint[];
  }
  | { readonly kind: "summary"; readonly points: readonly SummaryPoint[] };

/** One metric of a resource. */
export interface OtlpMetric {
  /** Its name, such as `"http.server.request.duration"`. */
  readonly name: string;
  /** Its data points. */
  readonly data: MetricData;
}

/** What one resource, such as a process, says of itself. */
export interface OtlpResource {
  /** What the resource is: `service.name` and so on. */
  readonly attributes: Attributes;
  /** Its metrics, of all instrumentation scopes. */
  readonly metrics: readonly OtlpMetric[];
}

/** A whole export. */
export interface OtlpExport {
  /** The resources that it is about. */
  readonly resources: readonly OtlpResource[];
}

/** Returns how many data points a metric has. */
export function countPoints({ data }: OtlpMetric): number {
  return data.kind === "none" ? 0 : data.points.length;
}
