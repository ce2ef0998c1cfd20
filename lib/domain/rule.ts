/**
 * Rules: the conditions that make an alert. Plain values, so that an alert can keep the rule as it was.
 *
 * @module
 */

import { BUILT_IN_METRICS, type Metric } from "./metric.ts";

/** How bad it is when a rule fires. */
export type Severity = "warning" | "critical";

/** How many of the latest evaluations must breach before an alert fires; `3` of `3` is three in a row. */
export interface HoldSamples {
  /** Breaches needed. */
  readonly breaches: number;
  /** Among this many latest evaluations; at least `breaches`. */
  readonly of: number;
}

/** A metric beyond a limit. */
export interface ThresholdRule {
  /** Tells rules apart. */
  readonly kind: "threshold";
  /** Unique among the rules, such as `"HIGH_CPU"`. */
  readonly name: string;
  /** How bad it is when it fires. */
  readonly severity: Severity;
  /** The metric looked at. */
  readonly metric: Metric;
  /** Which side of the limit is bad. The limit itself is good. */
  readonly direction: "above" | "below";
  /** The limit, in the metric's unit. */
  readonly limit: number;
  /** The value at which a firing alert may resolve; between `clear` and `limit` it stays (hysteresis). */
  readonly clear: number;
  /** The rule looks at the mean of this many latest samples; 1 is the last value alone. */
  readonly mean: number;
  /** How long the breach must last. */
  readonly hold: HoldSamples;
  /** Names of services it applies to, `*` standing for any run of characters. */
  readonly services: readonly string[];
}

/** A sign of life that did not come. */
export interface MissingHeartbeatRule {
  /** Tells rules apart. */
  readonly kind: "missingHeartbeat";
  /** Unique among the rules, such as `"SERVICE_DOWN"`. */
  readonly name: string;
  /** How bad it is when it fires. */
  readonly severity: Severity;
  /** The longest silence that is still fine, in milliseconds. */
  readonly limitMs: number;
  /** Names of services it applies to, `*` standing for any run of characters. */
  readonly services: readonly string[];
}

/** Any rule. */
export type Rule = ThresholdRule | MissingHeartbeatRule;

/** Every service. */
export const ALL_SERVICES: readonly string[] = ["*"];

/** The rules in force when configuration names none. */
export const DEFAULT_RULES: readonly Rule[] = [
  ...BUILT_IN_METRICS.flatMap(defaultThreshold),
  {
    kind: "missingHeartbeat",
    name: "SERVICE_DOWN",
    severity: "critical",
    limitMs: 5_000,
    services: ALL_SERVICES,
  },
];

function defaultThreshold(metric: Metric): ThresholdRule[] {
  const limits: Readonly<Record<string, Pick<ThresholdRule, "name" | "limit" | "mean">>> = {
    cpu: { name: "HIGH_CPU", limit: 85, mean: 1 },
    memory: { name: "HIGH_MEMORY", limit: 90, mean: 1 },
    latency: { name: "HIGH_LATENCY", limit: 500, mean: 5 },
    errorRate: { name: "HIGH_ERROR_RATE", limit: 5, mean: 1 },
  };
  const entry = limits[metric.id];
  if (entry === undefined) return [];
  return [{
    kind: "threshold",
    severity: "warning",
    metric,
    direction: "above",
    clear: entry.limit,
    hold: { breaches: 3, of: 3 },
    services: ALL_SERVICES,
    ...entry,
  }];
}

/**
 * Tells whether a rule applies to a service.
 *
 * @example
 * ```ts
 * import { appliesTo } from "@/lib/domain/rule.ts";
 * import { assert, assertFalse } from "@std/assert";
 *
 * assert(appliesTo({ services: ["*"] }, "checkout"));
 * assertFalse(appliesTo({ services: ["auth-*"] }, "checkout"));
 * ```
 */
export function appliesTo(rule: Pick<Rule, "services">, service: string): boolean {
  return rule.services.some((pattern) =>
    pattern === "*" || pattern === service ||
    (pattern.includes("*") && matchesGlob(pattern, service))
  );
}

/** Matches in linear time: each literal part must follow the one before it. */
function matchesGlob(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop() ?? "";
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** Returns how many latest samples of its series a rule needs to be evaluated `hold.of` times. */
export function samplesNeeded(rule: Pick<ThresholdRule, "mean" | "hold">): number {
  return rule.mean + rule.hold.of - 1;
}
