/**
 * Rules: the conditions that make an alert. Plain values, so that an alert can keep the rule as it was.
 *
 * @module
 */

import { matchesGlob } from "./glob.ts";
import { BUILT_IN_METRICS, type Metric } from "./metric.ts";

/** How bad it is when a rule fires. */
export type Severity = "warning" | "critical";

/** So many of the latest evaluations must breach; `3` of `3` is three in a row. */
export interface HoldSamples {
  /** Tells holds apart. */
  readonly kind: "samples";
  /** Breaches needed. */
  readonly breaches: number;
  /** Among this many latest evaluations; at least `breaches`. */
  readonly of: number;
}

/** Every evaluation must breach for so long. One sample alone proves no duration: it takes two. */
export interface HoldDuration {
  /** Tells holds apart. */
  readonly kind: "duration";
  /** For how long, in milliseconds. */
  readonly durationMs: number;
}

/** How long a breach must last before an alert fires. */
export type Hold = HoldSamples | HoldDuration;

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
  /** A second, worse limit on the same side, beyond which the alert is critical; `null` for none. */
  readonly critical: number | null;
  /** How long the breach must last. */
  readonly hold: Hold;
  /** How long a firing alert must have been cleared before it resolves, in milliseconds; 0 for at once. */
  readonly keepFiringForMs: number;
  /** Names of services it applies to, `*` standing for any run of characters. */
  readonly services: readonly string[];
  /** What is said of a breach in the place of a number that says little; left out, the number is. */
  readonly says?: string;
}

/** How late the sign of life of a job may be. */
export interface JobTimes {
  /** So late is still in time, in milliseconds; and so early. */
  readonly slackMs: number;
  /** So late is missing, in milliseconds; more than the slack. */
  readonly graceMs: number;
}

/** A job that runs again and again. */
export interface EverySchedule extends JobTimes {
  /** Tells schedules apart. */
  readonly kind: "every";
  /** From one sign of life to the next, in milliseconds. */
  readonly everyMs: number;
}

/** A job that runs at times of the wall clock. */
export interface CronSchedule extends JobTimes {
  /** Tells schedules apart. */
  readonly kind: "cron";
  /** The times: the five fields of a crontab, such as `"0 3 * * *"`, or such as `"@daily"`. */
  readonly cron: string;
  /** A zone of the IANA database, such as `"Europe/Berlin"`. */
  readonly timeZone: string;
}

/** When a job is expected. */
export type JobSchedule = EverySchedule | CronSchedule;

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
  /** A longer silence, in milliseconds, from which on the alert is critical; `null` for none. */
  readonly criticalMs: number | null;
  /** How long heartbeats must have come again before it resolves, in milliseconds; 0 for at once. */
  readonly keepFiringForMs: number;
  /** Names of services it applies to, `*` standing for any run of characters. */
  readonly services: readonly string[];
  /**
   * When the job is expected that it is about; left out for what is no job. The limits above are then those for
   * the silence that the rule was last held against, or the longest ones there are: see `limitsSince()`.
   */
  readonly schedule?: JobSchedule;
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
    criticalMs: null,
    keepFiringForMs: 0,
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
    critical: null,
    hold: { kind: "samples", breaches: 3, of: 3 },
    keepFiringForMs: 0,
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
  return rule.services.some((pattern) => matchesGlob(pattern, service));
}

/**
 * Returns how many latest samples of its series are kept for a rule: enough to evaluate it `hold.of` times,
 * or once where the hold is a duration, whose run of evaluations is kept apart.
 */
export function samplesNeeded(rule: Pick<ThresholdRule, "mean" | "hold">): number {
  return rule.mean + (rule.hold.kind === "samples" ? rule.hold.of : 1) - 1;
}
