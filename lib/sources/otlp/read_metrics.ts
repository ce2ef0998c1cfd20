/**
 * Takes apart what a resource says of its metrics, as far as anything looks at them.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import { type Measure, readMeasures, sizeOf } from "@/lib/domain/otlp/measure.ts";
import { countPoints, type OtlpMetric, type OtlpResource } from "@/lib/domain/otlp/otlp_export.ts";

/** The most values of one service, and of all, that are held. What is beyond is rejected. */
export const VALUE_LIMITS = { ofService: 20_000, ofAll: 1_000_000 } as const;

/** What metrics are read with. */
export interface ReadOptions {
  /** Tells whether an expression looks at a metric of this name. */
  readonly wants: (name: string) => boolean;
  /** How many values there is room for. */
  readonly room: number;
  /** What there is no more room than, in words. */
  readonly limit: string;
  /** When the export was taken. */
  readonly at: Instant;
}

/** What was found. */
export interface ReadMetrics {
  /** Measures by name of metric. */
  readonly metrics: ReadonlyMap<string, readonly Measure[]>;
  /** How many data points are not among them that should be. */
  readonly rejected: number;
  /** What is wrong with the first of those; `null` if there are none. */
  readonly problem: string | null;
}

/** Returns what a resource says of metrics that something looks at. All others count as taken. */
export function readMetrics(
  { metrics }: OtlpResource,
  { wants, room, limit, at }: ReadOptions,
): ReadMetrics {
  const read = new Map<string, Measure[]>();
  let [rejected, size] = [0, 0];
  let problem: string | null = null;
  for (const metric of metrics) {
    if (metric.name !== "" && !wants(metric.name)) continue;
    const found = readMeasures(metric);
    const grown = found.measures.reduce((sum, measure) => sum + sizeOf(measure), size);
    if (grown > room) {
      rejected += countPoints(metric);
      problem ??= `Cannot hold more than ${limit}`;
      continue;
    }
    size = grown;
    rejected += found.rejected;
    problem ??= found.problem && `Cannot take a data point: ${found.problem}`;
    const known = read.get(metric.name) ?? [];
    for (const measure of found.measures) known.push(dated(measure, at));
    read.set(metric.name, known);
  }
  return { metrics: read, rejected, problem };
}

/** Returns when the newest point of a resource was observed; 0 if none says. */
export function newestAt({ metrics }: OtlpResource): Instant {
  let newest = 0;
  for (const metric of metrics) {
    for (const { at } of pointsOf(metric)) newest = Math.max(newest, at);
  }
  return newest;
}

function pointsOf({ data }: OtlpMetric): readonly { readonly at: Instant }[] {
  return data.kind === "none" ? [] : data.points;
}

/** A point without an instant is as old as the newest of its export. */
function dated(measure: Measure, at: Instant): Measure {
  return measure.at === 0 ? { ...measure, at } : measure;
}
