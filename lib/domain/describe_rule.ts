/**
 * Rules in words, and how a number stands to its limit: for people who never saw the configuration.
 *
 * @module
 */

import { formatDuration, formatSpan } from "./instant.ts";
import { isBeyond } from "./judgement.ts";
import { formatLimit, formatValue } from "./metric.ts";
import type { Hold, JobSchedule, MissingHeartbeatRule, Rule, ThresholdRule } from "./rule.ts";

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
    ? `every ${formatSpan(schedule.everyMs)}`
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
      const subject = rule.mean === 1
        ? `${rule.metric.name} was`
        : `the mean of the last ${rule.mean} ${rule.metric.name} samples was`;
      const number = formatValue(rule.metric, value);
      return `${upperFirst(subject)} ${number}: ${describeGap(rule, { value, limit })}.`;
    }
    case "missingHeartbeat": {
      if (rule.schedule !== undefined) return compareWithDue(rule, rule.schedule, { value, limit });
      const words = `${seconds(value)} without a heartbeat`;
      return value < limit
        ? `${upperFirst(words)}: within the limit of ${formatSpan(limit * 1_000)}.`
        : `${upperFirst(words)}: the limit is ${formatSpan(limit * 1_000)}.`;
    }
  }
}

function compareWithDue(
  { severity, limitMs, criticalMs }: MissingHeartbeatRule,
  { slackMs, graceMs }: JobSchedule,
  { value, limit }: ComparedNumber,
): string {
  const silence = `${upperFirst(formatDuration(value * 1_000))} without a heartbeat`;
  if (value < limit) return `${silence}: it is not late.`;
  const missingMs = severity === "critical" ? limitMs : criticalMs;
  const isMissing = missingMs !== null && limit * 1_000 >= missingMs;
  const overdueMs = (value - limit) * 1_000 + (isMissing ? graceMs : slackMs);
  return `${silence}: it was due ${formatDuration(overdueMs)} before.`;
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
  const mean = rule.mean === 1 ? "" : ` (mean of ${rule.mean} samples)`;
  const side = direction === "above" ? "less" : "more";
  return upperFirst(metric.name) + mean +
    ` ${direction} ${formatLimit(metric, limit)}${describeHold(rule.hold)}` +
    (critical === null ? "" : `; critical ${direction} ${formatLimit(metric, critical)}`) +
    `; resolves at ${formatLimit(metric, clear)} or ${side}` +
    (keepFiringForMs === 0 ? "" : `, after ${formatSpan(keepFiringForMs)}`);
}

function describeHold(hold: Hold): string {
  if (hold.kind === "duration") return ` for ${formatSpan(hold.durationMs)}`;
  if (hold.of > hold.breaches) return ` for ${hold.breaches} of ${hold.of} samples`;
  return hold.breaches === 1 ? "" : ` for ${hold.breaches} samples`;
}

function describeMissingHeartbeat(rule: MissingHeartbeatRule): string {
  const { limitMs, criticalMs, keepFiringForMs, schedule } = rule;
  const words = schedule === undefined
    ? `No heartbeat for ${formatSpan(limitMs)}` +
      (criticalMs === null ? "" : `; critical after ${formatSpan(criticalMs)}`)
    : describeDue(rule, schedule);
  return words +
    (keepFiringForMs === 0
      ? "; resolves with the next heartbeat"
      : `; resolves once heartbeats have come again for ${formatSpan(keepFiringForMs)}`);
}

function describeDue(
  { severity, criticalMs }: MissingHeartbeatRule,
  schedule: JobSchedule,
): string {
  const late = `late after ${formatSpan(schedule.slackMs)}`;
  const missing = `missing after ${formatSpan(schedule.graceMs)}`;
  const levels = severity === "critical"
    ? [missing]
    : criticalMs === null
    ? [late]
    : [late, missing];
  return `Due ${describeSchedule(schedule)}: ${levels.join(", ")}`;
}

function describeGap(rule: ThresholdRule, { value, limit }: ComparedNumber): string {
  const words = `the limit of ${formatLimit(rule.metric, limit)}`;
  if (value === limit) return `exactly ${words}, which is still good`;
  const unit = rule.metric.unit === "%" ? "percentage points" : rule.metric.unit;
  const gap = formatValue({ ...rule.metric, unit }, Math.abs(value - limit));
  const within = isBeyond(rule, value, limit) ? "" : ", which is good";
  return `${gap} ${value > limit ? "above" : "below"} ${words}${within}`;
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
