/**
 * Judging: what a rule says about given evidence. The same function decides live, in a replay, and when
 * someone asks afterwards why.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
import type { MissingHeartbeatRule, Rule, ThresholdRule } from "./rule.ts";
import type { SeriesSample } from "./sample.ts";

/** What a rule found. */
export interface Judgement {
  /** The number computed, in `unit`: a value, a mean, or seconds of silence. */
  readonly value: number;
  /** The limit it was held against. */
  readonly limit: number;
  /** Unit of both. */
  readonly unit: string;
  /** Whether the newest evaluation is beyond the limit. */
  readonly breached: boolean;
  /** Whether the newest evaluation is good enough to resolve a firing alert. */
  readonly cleared: boolean;
  /** How many evaluations count towards `needed`: in a row, or among the last M of "N of M". */
  readonly breaches: number;
  /** How many must count before the alert fires. */
  readonly needed: number;
  /** Exactly the samples looked at, oldest first. */
  readonly evidence: readonly SeriesSample[];
}

/**
 * Returns what the rule says about the evidence: for a threshold the newest samples of the series, oldest
 * first; for a missing heartbeat one sample at the last sign of life. `undefined` while there are too few
 * samples for the rule's mean.
 *
 * @example
 * ```ts
 * import { judge } from "@/lib/domain/judgement.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const highCpu = DEFAULT_RULES.find((rule) => rule.name === "HIGH_CPU");
 * if (highCpu) {
 *   const evidence = [70, 91, 93].map((value, at) => ({ at, value }));
 *   const found = judge(highCpu, evidence, 2);
 *   assertEquals([found?.value, found?.breached, found?.breaches], [93, true, 2]);
 * }
 * ```
 */
export function judge(
  rule: Rule,
  evidence: readonly SeriesSample[],
  at: Instant,
): Judgement | undefined {
  switch (rule.kind) {
    case "threshold":
      return judgeThreshold(rule, evidence);
    case "missingHeartbeat":
      return judgeSilence(rule, evidence, at);
  }
}

function judgeThreshold(
  rule: ThresholdRule,
  samples: readonly SeriesSample[],
): Judgement | undefined {
  const numbers = latestMeans(rule, samples);
  const value = numbers.at(-1);
  if (value === undefined) return undefined;
  return {
    value,
    limit: rule.limit,
    unit: rule.metric.unit,
    breached: isBeyond(rule, value, rule.limit),
    cleared: !isBeyond(rule, value, rule.clear),
    breaches: countBreaches(rule, numbers),
    needed: rule.hold.breaches,
    evidence: samples.slice(-(numbers.length + rule.mean - 1)),
  };
}

/** Returns the last `hold.of` means, oldest first; fewer when there are not enough samples. */
function latestMeans(rule: ThresholdRule, samples: readonly SeriesSample[]): number[] {
  const possible = Math.max(0, samples.length - rule.mean + 1);
  const count = Math.min(rule.hold.of, possible);
  return Array.from({ length: count }, (_, index) => {
    const end = samples.length - count + index + 1;
    return meanOf(samples.slice(end - rule.mean, end));
  });
}

function meanOf(samples: readonly SeriesSample[]): number {
  return samples.reduce((sum, sample) => sum + sample.value, 0) / samples.length;
}

function isBeyond(rule: ThresholdRule, value: number, limit: number): boolean {
  return rule.direction === "above" ? value > limit : value < limit;
}

function countBreaches(rule: ThresholdRule, numbers: readonly number[]): number {
  const verdicts = numbers.map((number) => isBeyond(rule, number, rule.limit));
  if (rule.hold.of > rule.hold.breaches) return verdicts.filter(Boolean).length;
  return verdicts.length - 1 - verdicts.lastIndexOf(false);
}

function judgeSilence(
  rule: MissingHeartbeatRule,
  evidence: readonly SeriesSample[],
  at: Instant,
): Judgement | undefined {
  const sign = evidence.at(-1);
  if (sign === undefined) return undefined;
  const silentMs = Math.max(0, at - sign.at);
  const breached = silentMs >= rule.limitMs;
  return {
    value: silentMs / 1_000,
    limit: rule.limitMs / 1_000,
    unit: "s",
    breached,
    cleared: !breached,
    breaches: breached ? 1 : 0,
    needed: 1,
    evidence: [{ at: sign.at, value: silentMs / 1_000 }],
  };
}
