/**
 * What can be measured. One table entry describes a metric for every layer (input checks, rules, storage,
 * screen), so that adding a metric is adding an entry.
 *
 * @module
 */

import { formatNumber } from "@/texts/language.ts";
import * as words from "@/texts/metrics.ts";

/** Describes one metric. */
export interface Metric {
  /** The key in a sample, such as `"errorRate"`. */
  readonly id: string;
  /** The caption on a card, such as `"Errors"`. */
  readonly label: string;
  /** The name inside a sentence, such as `"error rate"`. */
  readonly name: string;
  /** The unit behind the number, such as `"%"`; empty for a bare number. */
  readonly unit: string;
  /** The smallest value accepted. */
  readonly min: number;
  /** The largest value accepted. */
  readonly max: number;
  /** How many digits after the point are shown. */
  readonly decimals: number;
}

/** The ids of {@linkcode BUILT_IN_METRICS}: pages get the rest with their data, and need not load it again. */
export const BUILT_IN_IDS: readonly string[] = ["cpu", "memory", "latency", "errorRate"];

/** The metrics every Vitals knows; configuration may add more. */
export const BUILT_IN_METRICS: readonly Metric[] = [
  {
    id: "cpu",
    label: words.cpuLabel,
    name: words.cpuName,
    unit: "%",
    min: 0,
    max: 100,
    decimals: 1,
  },
  {
    id: "memory",
    label: words.memoryLabel,
    name: words.memoryName,
    unit: "%",
    min: 0,
    max: 100,
    decimals: 1,
  },
  {
    id: "latency",
    label: words.latencyLabel,
    name: words.latencyName,
    unit: "ms",
    min: 0,
    max: 3_600_000,
    decimals: 0,
  },
  {
    id: "errorRate",
    label: words.errorRateLabel,
    name: words.errorRateName,
    unit: "%",
    min: 0,
    max: 100,
    decimals: 1,
  },
];

/**
 * Returns a value as people read it, with the metric's digits and unit.
 *
 * @example
 * ```ts
 * import { BUILT_IN_METRICS, formatValue } from "@/lib/domain/metric.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [cpu] = BUILT_IN_METRICS;
 * if (cpu) assertEquals(formatValue(cpu, 93.14), "93.1 %");
 * ```
 */
export function formatValue(metric: Pick<Metric, "unit" | "decimals">, value: number): string {
  return `${formatNumber(value, metric.decimals)} ${metric.unit}`.trimEnd();
}

/** Returns a limit as it was written, without digits it does not have. */
export function formatLimit({ unit }: Pick<Metric, "unit">, limit: number): string {
  return `${formatNumber(limit, 6, 0)} ${unit}`.trimEnd();
}
