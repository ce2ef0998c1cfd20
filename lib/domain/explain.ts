/**
 * The reasons of alerts in words. Every sentence about why an alert is as it is comes from here: for the
 * screen, for the record, for a message.
 *
 * @module
 */

import { formatDuration, type Instant } from "./instant.ts";
import type { Judgement } from "./judgement.ts";
import { formatValue } from "./metric.ts";
import type { HoldSamples, MissingHeartbeatRule, Rule, ThresholdRule } from "./rule.ts";
import type { SeriesSample } from "./sample.ts";

/** How an alert changes. `cancelled` ends one that was pending and never fired. */
export type AlertChange = "pending" | "firing" | "resolved" | "cancelled";

/** The part of an alert that its present reason is made of. */
export interface ExplainedAlert {
  /** How it stands. */
  readonly state: "pending" | "firing" | "resolved";
  /** The reason as of its latest transition. */
  readonly message: string;
  /** The latest number computed, in the unit of the rule. */
  readonly value: number;
  /** The samples looked at by its latest transition. */
  readonly evidence: readonly SeriesSample[];
  /** The rule as it was then. */
  readonly definition: Rule;
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
 * const found = highCpu && judge(highCpu, [90, 91, 93.1].map((value, at) => ({ at, value })), 2);
 * if (found) {
 *   assertEquals(explainChange(highCpu, "firing", found), "CPU 93.1 % above 85 % for 3 samples");
 * }
 * ```
 */
export function explainChange(rule: Rule, change: AlertChange, found: Judgement): string {
  switch (rule.kind) {
    case "threshold":
      return explainThreshold(rule, change, found);
    case "missingHeartbeat":
      return explainSilence(rule, change, found);
  }
}

/**
 * Returns why an alert is as it is at `now`: while it fires, the latest value or the silence so far.
 */
export function explainAlert(alert: ExplainedAlert, now: Instant): string {
  if (alert.state === "resolved") return alert.message;
  const rule = alert.definition;
  switch (rule.kind) {
    case "threshold":
      return alert.state === "firing"
        ? describeFiring(rule, alert.value)
        : describeBreach(rule, alert.value);
    case "missingHeartbeat":
      return describeSilence(rule, now - (alert.evidence.at(-1)?.at ?? now));
  }
}

/** Returns the reason given when configuration took the rule of a firing alert away. */
export function explainRemovedRule(rule: Rule): string {
  return `rule ${rule.name} no longer applies: the configuration changed`;
}

function explainThreshold(rule: ThresholdRule, change: AlertChange, found: Judgement): string {
  switch (change) {
    case "pending":
      return describeBreach(rule, found.value);
    case "firing":
      return describeBreach(rule, found.value) + describeHold(rule.hold);
    case "resolved":
      return describeRecovery(rule, found.value, rule.clear);
    case "cancelled":
      return describeRecovery(rule, found.value, rule.limit);
  }
}

function explainSilence(rule: MissingHeartbeatRule, change: AlertChange, found: Judgement): string {
  switch (change) {
    case "pending":
    case "firing":
      return describeSilence(rule, found.value * 1_000);
    case "resolved":
    case "cancelled":
      return "heartbeat received";
  }
}

function describeBreach(rule: ThresholdRule, value: number): string {
  return `${describeNumber(rule, value)} ${rule.direction} ${formatLimit(rule, rule.limit)}`;
}

/** A firing alert whose newest value is not beyond the limit says what it still waits for. */
function describeFiring(rule: ThresholdRule, value: number): string {
  if (isPast(rule, value, rule.limit)) return describeBreach(rule, value) + describeHold(rule.hold);
  const number = describeNumber(rule, value);
  const { breaches, of } = rule.hold;
  if (!isPast(rule, value, rule.clear)) {
    const limit = formatLimit(rule, rule.limit);
    return `${number}, but ${rule.direction} ${limit} in ${breaches} or more of the last ${of} samples`;
  }
  const side = rule.direction === "above" ? "less" : "more";
  return `${number}, resolves at ${formatLimit(rule, rule.clear)} or ${side}`;
}

function isPast(rule: ThresholdRule, value: number, limit: number): boolean {
  return rule.direction === "above" ? value > limit : value < limit;
}

function describeNumber({ metric, mean }: ThresholdRule, value: number): string {
  const number = `${metric.name} ${formatValue(metric, value)}`;
  return mean === 1 ? number : `${number} (mean of ${mean})`;
}

function describeRecovery(rule: ThresholdRule, value: number, limit: number): string {
  const side = rule.direction === "above" ? "not above" : "not below";
  return `${describeNumber(rule, value)}, ${side} ${formatLimit(rule, limit)}`;
}

function describeHold(hold: HoldSamples): string {
  if (hold.of > hold.breaches) return ` for ${hold.breaches} of ${hold.of} samples`;
  return hold.breaches === 1 ? "" : ` for ${hold.breaches} samples`;
}

function describeSilence(rule: MissingHeartbeatRule, silentMs: number): string {
  return `no heartbeat for ${formatDuration(silentMs)}, limit ${formatBareSeconds(rule.limitMs)}`;
}

function formatBareSeconds(durationMs: number): string {
  return durationMs < 10_000 ? `${durationMs / 1_000} s` : formatDuration(durationMs);
}

/** A limit is shown as it was written, without digits it does not have. */
function formatLimit(rule: ThresholdRule, limit: number): string {
  return `${limit} ${rule.metric.unit}`.trimEnd();
}
