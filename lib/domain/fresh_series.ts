/**
 * What a sample brings to the series of its service, and which rules look at them.
 *
 * @module
 */

import {
  type HoldDuration,
  type MissingHeartbeatRule,
  type Rule,
  samplesNeeded,
  type ThresholdRule,
} from "./rule.ts";
import type { Sample } from "./sample.ts";
import type { SeriesRecord, ServiceState } from "./service.ts";

/** Returns the tails of the series that the sample really moves on: a repeated instant is no news. */
export function freshSeries(
  { tails, rules }: Pick<ServiceState, "tails" | "rules">,
  { at, metrics }: Sample,
): SeriesRecord {
  const fresh: Record<string, SeriesRecord[string]> = {};
  for (const [metric, value] of Object.entries(metrics)) {
    const tail = tails[metric] ?? [];
    if ((tail.at(-1)?.at ?? -Infinity) >= at) continue;
    fresh[metric] = [...tail, { at, value }].slice(-tailLength(rules, metric));
  }
  return fresh;
}

/** Returns the rules on a metric, in their order. */
export function thresholdsOn(rules: readonly Rule[], metric: string): ThresholdRule[] {
  return rules.filter((rule): rule is ThresholdRule =>
    rule.kind === "threshold" && rule.metric.id === metric
  );
}

/** A rule that asks for a breach of some duration. */
export type DurationRule = ThresholdRule & { readonly hold: HoldDuration };

/** Returns the rules that ask for a breach of some duration, in their order. */
export function durationRules(rules: readonly Rule[]): DurationRule[] {
  return rules.filter((rule): rule is DurationRule =>
    rule.kind === "threshold" && rule.hold.kind === "duration"
  );
}

/** Returns the rules on silence, in their order. */
export function silenceRules(rules: readonly Rule[]): MissingHeartbeatRule[] {
  return rules.filter((rule) => rule.kind === "missingHeartbeat");
}

function tailLength(rules: readonly Rule[], metric: string): number {
  return Math.max(1, ...thresholdsOn(rules, metric).map(samplesNeeded));
}
