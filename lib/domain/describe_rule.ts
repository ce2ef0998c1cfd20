/**
 * Rules in words, and how a number stands to its limit: for people who never saw the configuration.
 *
 * @module
 */

import { formatNumber } from "@/texts/language.ts";
import * as words from "@/texts/rules.ts";
import * as units from "@/texts/units.ts";

import { describeHold } from "./explain.ts";
import { formatDuration, formatSpan } from "./instant.ts";
import { isBeyond } from "./judgement.ts";
import { formatLimit, formatValue } from "./metric.ts";
import type { JobSchedule, MissingHeartbeatRule, Rule, ThresholdRule } from "./rule.ts";

/** A number and the limit that it was held against. */
export interface ComparedNumber {
  /** The number, in the unit of the rule. */
  readonly value: number;
  /** The limit, in the same unit. */
  readonly limit: number;
}

/**
 * Returns what a rule asks for: its limits, how long a breach must last, and when it is over.
 *
 * @example
 * ```ts
 * import { describeRule } from "@/lib/domain/describe_rule.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const highCpu = DEFAULT_RULES.find((rule) => rule.name === "HIGH_CPU");
 * if (highCpu) {
 *   const words = "CPU above 85 % for 3 samples; resolves at 85 % or less";
 *   assertEquals(describeRule(highCpu), words);
 * }
 * ```
 */
export function describeRule(rule: Rule): string {
  switch (rule.kind) {
    case "threshold":
      return describeThreshold(rule);
    case "missingHeartbeat":
      return describeMissingHeartbeat(rule);
  }
}

/** Returns when a job is expected, as it stands in the configuration. */
export function describeSchedule(schedule: JobSchedule): string {
  return schedule.kind === "every"
    ? words.every(formatSpan(schedule.everyMs))
    : `${schedule.cron} ${schedule.timeZone}`;
}

/**
 * Returns how far a number is on which side of its limit.
 *
 * @example
 * ```ts
 * import { compareWithLimit } from "@/lib/domain/describe_rule.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const latency = DEFAULT_RULES.find((rule) => rule.name === "HIGH_LATENCY");
 * if (latency) {
 *   assertEquals(
 *     compareWithLimit(latency, { value: 612, limit: 500 }),
 *     "The mean of the last 5 latency samples was 612 ms: 112 ms above the limit of 500 ms.",
 *   );
 * }
 * ```
 */
export function compareWithLimit(rule: Rule, { value, limit }: ComparedNumber): string {
  switch (rule.kind) {
    case "threshold": {
      const { metric, mean } = rule;
      const number = formatValue(metric, value);
      const gap = describeGap(rule, { value, limit });
      return mean === 1
        ? words.valueWas(metric.name, number, gap)
        : words.meanWas(metric.name, mean, number, gap);
    }
    case "missingHeartbeat": {
      if (rule.schedule !== undefined) return compareWithDue(rule, rule.schedule, { value, limit });
      const tell = value < limit ? words.silentWithin : words.silentBeyond;
      return tell(seconds(value), formatSpan(limit * 1_000));
    }
  }
}

function compareWithDue(
  { severity, limitMs, criticalMs }: MissingHeartbeatRule,
  { slackMs, graceMs }: JobSchedule,
  { value, limit }: ComparedNumber,
): string {
  const silence = formatDuration(value * 1_000);
  if (value < limit) return words.silentNotLate(silence);
  const missingMs = severity === "critical" ? limitMs : criticalMs;
  const isMissing = missingMs !== null && limit * 1_000 >= missingMs;
  const overdueMs = (value - limit) * 1_000 + (isMissing ? graceMs : slackMs);
  return words.silentAfterDue(silence, formatDuration(overdueMs));
}

/** Returns a limit of silence: as it was written, or of a job, whose limits go by the calendar, about. */
export function formatSilenceLimit(
  { schedule }: Pick<MissingHeartbeatRule, "schedule">,
  limitMs: number,
): string {
  return schedule === undefined ? formatSpan(limitMs) : formatDuration(limitMs);
}

function describeThreshold(rule: ThresholdRule): string {
  const { metric, direction, limit, critical, clear, keepFiringForMs } = rule;
  return words.threshold({
    metric: metric.name,
    mean: rule.mean,
    isAbove: direction === "above",
    limit: formatLimit(metric, limit),
    hold: describeHold(rule.hold),
    critical: critical === null ? null : formatLimit(metric, critical),
    clear: formatLimit(metric, clear),
    kept: keepFiringForMs === 0 ? null : formatSpan(keepFiringForMs),
  });
}

function describeMissingHeartbeat(rule: MissingHeartbeatRule): string {
  const { limitMs, criticalMs, keepFiringForMs, schedule } = rule;
  const asked = schedule === undefined
    ? words.silence(formatSpan(limitMs), criticalMs === null ? null : formatSpan(criticalMs))
    : describeDue(rule, schedule);
  return asked +
    (keepFiringForMs === 0
      ? words.endsWithHeartbeat
      : words.endsAfter(formatSpan(keepFiringForMs)));
}

function describeDue(
  { severity, criticalMs }: MissingHeartbeatRule,
  schedule: JobSchedule,
): string {
  const isCritical = severity === "critical";
  return words.due(
    describeSchedule(schedule),
    isCritical ? null : formatSpan(schedule.slackMs),
    isCritical || criticalMs !== null ? formatSpan(schedule.graceMs) : null,
  );
}

function describeGap(rule: ThresholdRule, { value, limit }: ComparedNumber): string {
  const written = formatLimit(rule.metric, limit);
  if (value === limit) return words.atLimit(written);
  const unit = rule.metric.unit === "%" ? words.percentagePoints : rule.metric.unit;
  const gap = formatValue({ ...rule.metric, unit }, Math.abs(value - limit));
  const tell = isBeyond(rule, value, limit) ? words.beside : words.besideAndGood;
  return tell(gap, value > limit, written);
}

function seconds(value: number): string {
  return `${formatNumber(value, 1)} ${units.second}`;
}
