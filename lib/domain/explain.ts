/**
 * The reasons of alerts in words. Every sentence about why an alert is as it is comes from here: for the
 * screen, for the record, for a message.
 *
 * @module
 */

import * as words from "@/texts/reasons.ts";

import { formatDuration, formatSpan, type Instant } from "./instant.ts";
import { criticalClear, isBeyond, type Judgement } from "./judgement.ts";
import { formatLimit, formatValue } from "./metric.ts";
import type { Hold, MissingHeartbeatRule, Rule, Severity, ThresholdRule } from "./rule.ts";
import type { SeriesSample } from "./sample.ts";

/**
 * How an alert changes. `escalated` makes a firing one critical, `eased` a warning again; `cancelled` ends
 * one that was pending and never fired. The last two are acts of people.
 */
export type AlertChange =
  | "pending"
  | "firing"
  | "escalated"
  | "eased"
  | "resolved"
  | "cancelled"
  | "acknowledged"
  | "unacknowledged";

/** What a change is explained by. */
export interface ExplainedChange {
  /** The judgement that led to it. */
  readonly found: Judgement;
  /** How bad the alert is from then on. */
  readonly severity: Severity;
}

/** The part of an alert that its present reason is made of. */
export interface ExplainedAlert {
  /** How it stands. */
  readonly state: "pending" | "firing" | "resolved";
  /** How bad it is. */
  readonly severity: Severity;
  /** The reason as of its latest transition. */
  readonly message: string;
  /** The latest number computed, in the unit of the rule. */
  readonly value: number;
  /** The samples looked at by its latest transition. */
  readonly evidence: readonly SeriesSample[];
  /** The rule as it was then. */
  readonly definition: Rule;
  /** When the newest sample that was looked at arrived. */
  readonly seenAt: Instant;
  /** Since when only `keepFiringFor` holds it; `null` if it is not cleared. */
  readonly calmSince: Instant | null;
  /** Of silence: why its service could not be observed the last time. @default {nothing is known} */
  readonly failure?: string;
}

/**
 * Returns why a transition happened.
 *
 * @example
 * ```ts
 * import { explainChange } from "@/lib/domain/explain.ts";
 * import { judge } from "@/lib/domain/judgement.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const highCpu = DEFAULT_RULES.find((rule) => rule.name === "HIGH_CPU");
 * const samples = [90, 91, 93.1].map((value, at) => ({ at, value }));
 * const found = highCpu && judge(highCpu, samples, { now: 2, seenAt: 2 });
 * if (found) {
 *   assertEquals(
 *     explainChange(highCpu, "firing", { found, severity: "warning" }),
 *     "CPU 93.1 % above 85 % for 3 samples",
 *   );
 * }
 * ```
 */
export function explainChange(
  rule: Rule,
  change: AlertChange,
  { found, severity }: ExplainedChange,
): string {
  const isLevel = change === "escalated" || change === "eased";
  // Without a critical limit, nothing that is found changes how bad an alert is.
  if (isLevel && found.critical === null) return explainLevel(rule, severity);
  switch (rule.kind) {
    case "threshold":
      return explainThreshold(rule, change, { found, severity });
    case "missingHeartbeat":
      return explainSilence(rule, change, { found, severity });
  }
}

/** Without a new sample for so long, and for two of its usual intervals, a series counts as silent. */
const NO_DATA_MS = 3_000;

/**
 * Returns why an alert is as it is at `now`: while it fires, the latest value, or that there is none any more;
 * or the silence so far.
 */
export function explainAlert(alert: ExplainedAlert, now: Instant): string {
  if (alert.state === "resolved") return alert.message;
  const rule = alert.definition;
  switch (rule.kind) {
    case "threshold":
      return withoutData(rule, alert, now) ?? explainLatest(rule, alert, now);
    case "missingHeartbeat":
      return describeSilence(rule, alert.severity, silentMs(alert, now)) +
        (alert.failure ? `; ${alert.failure}` : describeCalm(rule, alert, now));
  }
}

/** Returns the reason given when configuration changed how bad a firing alert is. */
function explainLevel({ name }: Rule, severity: Severity): string {
  return words.levelChanged(name, severity === "critical");
}

/** Returns the reason given when configuration took the rule of a firing alert away. */
export function explainRemovedRule(rule: Rule): string {
  return words.ruleRemoved(rule.name);
}

function explainLatest(rule: ThresholdRule, alert: ExplainedAlert, now: Instant): string {
  const limit = limitOf(rule, alert.severity);
  if (alert.state === "pending") return describeBreach(rule, alert.value, rule.limit);
  if (isBeyond(rule, alert.value, limit)) {
    return describeBreach(rule, alert.value, limit) + describeHold(rule.hold);
  }
  return describeFiring(rule, alert, now);
}

/** Returns the words for an alert whose series has fallen silent; `undefined` while samples come. */
function withoutData(rule: ThresholdRule, alert: ExplainedAlert, now: Instant): string | undefined {
  const silentMs = now - alert.seenAt;
  if (rule.says || silentMs <= Math.max(NO_DATA_MS, 2 * usualIntervalMs(alert.evidence))) {
    return undefined;
  }
  const last = formatValue(rule.metric, alert.value);
  return words.noData(formatDuration(silentMs), words.meanOf(rule.metric.name, rule.mean), last);
}

function usualIntervalMs(samples: readonly SeriesSample[]): number {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < 2) return 0;
  return (last.at - first.at) / (samples.length - 1);
}

function explainThreshold(
  rule: ThresholdRule,
  change: AlertChange,
  { found, severity }: ExplainedChange,
): string {
  const { keepFiringForMs } = rule;
  const kept = keepFiringForMs === 0 ? "" : words.heldFor(formatSpan(keepFiringForMs));
  switch (change) {
    case "pending":
      return describeBreach(rule, found.value, rule.limit);
    case "firing":
    case "escalated":
      return describeBreach(rule, found.value, limitOf(rule, severity)) + describeHold(rule.hold);
    case "eased":
      return describeRecovery(rule, found.value, criticalClear(rule) ?? rule.limit);
    case "resolved":
      return describeRecovery(rule, found.value, rule.clear) + kept;
    case "cancelled":
      return describeRecovery(rule, found.value, rule.limit);
    case "acknowledged":
    case "unacknowledged":
      return words[change];
  }
}

function explainSilence(
  rule: MissingHeartbeatRule,
  change: AlertChange,
  { found, severity }: ExplainedChange,
): string {
  switch (change) {
    case "pending":
    case "firing":
    case "escalated":
      return describeSilence(rule, severity, found.value * 1_000);
    case "eased":
    case "cancelled":
      return words.heartbeat;
    case "resolved":
      return rule.keepFiringForMs === 0
        ? words.heartbeat
        : words.heartbeatsFor(formatSpan(rule.keepFiringForMs));
    case "acknowledged":
    case "unacknowledged":
      return words[change];
  }
}

function describeBreach(rule: ThresholdRule, value: number, limit: number): string {
  return rule.says ??
    words.breach(describeNumber(rule, value), isAbove(rule), formatLimit(rule.metric, limit));
}

/** A firing alert whose newest value is not beyond its limit says what it still waits for. */
function describeFiring(rule: ThresholdRule, alert: ExplainedAlert, now: Instant): string {
  const { value, severity } = alert;
  const number = describeNumber(rule, value);
  if (alert.calmSince !== null) return number + describeCalm(rule, alert, now);
  const isCritical = severity === "critical" && rule.critical !== null;
  const clear = (isCritical ? criticalClear(rule) : null) ?? rule.clear;
  if (!isBeyond(rule, value, clear) && rule.hold.kind === "samples") {
    const limit = formatLimit(rule.metric, limitOf(rule, severity));
    const { breaches, of } = rule.hold;
    return words.inOtherSamples(number, { isAbove: isAbove(rule), limit, breaches, of });
  }
  const tell = isCritical ? words.warningAt : words.resolvesAt;
  return tell(number, formatLimit(rule.metric, clear), isAbove(rule));
}

/** Nothing for an alert that is not cleared, or resolves at once. */
function describeCalm(rule: Rule, { calmSince }: ExplainedAlert, now: Instant): string {
  if (calmSince === null) return "";
  const leftMs = Math.max(0, calmSince + rule.keepFiringForMs - now);
  return words.calm(formatDuration(leftMs));
}

function describeNumber(rule: ThresholdRule, value: number): string {
  return words.numberOf(rule.metric.name, formatValue(rule.metric, value), rule.mean);
}

function isAbove({ direction }: ThresholdRule): boolean {
  return direction === "above";
}

function describeRecovery(rule: ThresholdRule, value: number, limit: number): string {
  const number = describeNumber(rule, value);
  return words.recovery(number, isAbove(rule), formatLimit(rule.metric, limit));
}

/** Returns for how long a breach must last, to stand behind it; empty for one sample. */
export function describeHold(hold: Hold): string {
  if (hold.kind === "duration") return words.heldFor(formatSpan(hold.durationMs));
  if (hold.of > hold.breaches) return words.heldOfSamples(hold.breaches, hold.of);
  return hold.breaches === 1 ? "" : words.heldSamples(hold.breaches);
}

function describeSilence(rule: MissingHeartbeatRule, severity: Severity, silentMs: number): string {
  const { schedule } = rule;
  const limitMs = limitMsAt(rule, severity);
  const silence = formatDuration(silentMs);
  if (schedule === undefined) return words.silentBeyond(silence, formatSpan(limitMs));
  const allowedMs = severity === "critical" ? schedule.graceMs : schedule.slackMs;
  return words.silentSinceDue(silence, formatDuration(silentMs - limitMs + allowedMs));
}

function silentMs(alert: ExplainedAlert, now: Instant): number {
  return now - (alert.evidence.at(-1)?.at ?? now);
}

/** Returns the limit of a rule at a severity, in milliseconds. */
function limitMsAt(rule: MissingHeartbeatRule, severity: Severity): number {
  return severity === "critical" ? rule.criticalMs ?? rule.limitMs : rule.limitMs;
}

/** Returns the limit of a rule at a severity, in the metric's unit. */
function limitOf(rule: ThresholdRule, severity: Severity): number {
  return severity === "critical" ? rule.critical ?? rule.limit : rule.limit;
}
