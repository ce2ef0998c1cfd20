/**
 * The life of one alert: one rule, one service. It goes from nothing to pending to firing and back, moved
 * by judgements only; silence moves nothing here.
 *
 * @module
 */

import { type AlertChange, explainChange } from "./explain.ts";
import type { Instant } from "./instant.ts";
import type { CriticalJudgement, Judgement } from "./judgement.ts";
import type { Rule, Severity } from "./rule.ts";
import type { SeriesSample } from "./sample.ts";

/** An alert that exists: it is pending or firing. */
export interface Alert {
  /** Whether it breaches but not long enough yet, or fires. */
  readonly kind: "pending" | "firing";
  /** Made from rule, service and first evidence, so that a replay gives the same one. */
  readonly id: string;
  /** Name of the service. */
  readonly service: string;
  /** The rule as it was at the latest transition. */
  readonly rule: Rule;
  /** How bad it is now: a rule with two limits has one alert that escalates. */
  readonly severity: Severity;
  /** When the breach began. */
  readonly since: Instant;
  /** When it began to fire; `null` while pending. */
  readonly firedAt: Instant | null;
  /** When it began to be what it is, pending or firing, by our clock as it is set now. */
  readonly begunAt: Instant;
  /** The worst number since it began. */
  readonly peak: number;
  /** The latest judgement. */
  readonly latest: Judgement;
  /** The judgement that led to the latest transition. */
  readonly cause: Judgement;
  /** The reason of the latest transition, in words. */
  readonly message: string;
  /** When the newest of the evidence arrived, by our clock. */
  readonly seenAt: Instant;
  /** Since when it would be resolved but for `keepFiringFor`; `null` while it would not. */
  readonly calmSince: Instant | null;
  /** Who is on it; `null` if nobody has said so. */
  readonly acknowledgement: Acknowledgement | null;
}

/** A person has said to be on an alert. It ends with the alert. */
export interface Acknowledgement {
  /** Who. */
  readonly by: string;
  /** When. */
  readonly at: Instant;
  /** What they had to say; may be empty. */
  readonly note: string;
  /** How bad the alert was then: one that gets worse is news again. */
  readonly severity: Severity;
}

/** The record of a change of an alert: all that is needed to judge it again. */
export interface AlertTransition {
  /** Tells alerts from transitions of status. */
  readonly kind: "alert";
  /** What happened to the alert. */
  readonly change: AlertChange;
  /** Id of the alert. */
  readonly id: string;
  /** Name of the service. */
  readonly service: string;
  /** The rule as it was. */
  readonly rule: Rule;
  /** How bad it is from then on. */
  readonly severity: Severity;
  /** When it happened. */
  readonly at: Instant;
  /** When the breach began. */
  readonly since: Instant;
  /** When the alert began to fire; `null` if it never did. */
  readonly firedAt: Instant | null;
  /** The number computed, in `unit`. */
  readonly value: number;
  /** The worst number of the alert so far. */
  readonly peak: number;
  /** The limit it was held against, in `unit`. */
  readonly limit: number;
  /** Unit of `value`, `peak` and `limit`. */
  readonly unit: string;
  /** Exactly the samples looked at, oldest first. */
  readonly evidence: readonly SeriesSample[];
  /** The reason in words. */
  readonly message: string;
  /** When the newest of the evidence arrived, by our clock. */
  readonly seenAt: Instant;
  /** Since when only `keepFiringFor` held it; `null` if it was not cleared. */
  readonly calmSince: Instant | null;
  /** Who is on it; `null` if nobody has said so. */
  readonly acknowledgement: Acknowledgement | null;
}

/** What {@linkcode advanceAlert} found. */
export interface AlertStep {
  /** The alert from now on; `undefined` if there is none. */
  readonly alert: Alert | undefined;
  /** What happened, if anything. */
  readonly transition: AlertTransition | undefined;
}

/** Where and when a judgement was made. */
export interface AlertContext {
  /** Name of the service. */
  readonly service: string;
  /** The rule that judged. */
  readonly rule: Rule;
  /** When. */
  readonly now: Instant;
  /** When the newest of the evidence arrived. */
  readonly seenAt: Instant;
  /** Whether a sample or a heartbeat has come: time that passes makes nothing better. @default {true} */
  readonly isFresh?: boolean;
  /** Whether the configuration has just changed: a person may have said that it is not so bad. @default {false} */
  readonly isReload?: boolean;
}

/**
 * Returns the alert after a judgement on fresh evidence.
 *
 * A breach makes it pending, enough breaches make it fire. A firing one resolves only when the newest
 * evaluation is cleared and no longer enough of them breach, for `keepFiringFor` if the rule says so; a
 * pending one is cancelled when none breaches. Beyond the rule's critical limit the same alert escalates.
 *
 * @example A breach that does not last is forgotten
 * ```ts
 * import { advanceAlert } from "@/lib/domain/alert.ts";
 * import { judge } from "@/lib/domain/judgement.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [rule] = DEFAULT_RULES;
 * const [one, two] = [{ now: 1, seenAt: 1 }, { now: 2, seenAt: 2 }];
 * const hot = rule && judge(rule, [{ at: 1, value: 99 }], one);
 * const fine = rule && judge(rule, [{ at: 1, value: 99 }, { at: 2, value: 20 }], two);
 * if (hot && fine) {
 *   const pending = advanceAlert(undefined, hot, { service: "checkout", rule, ...one });
 *   assertEquals(pending.alert?.kind, "pending");
 *   const after = advanceAlert(pending.alert, fine, { service: "checkout", rule, ...two });
 *   assertEquals([after.alert, after.transition?.change], [undefined, "cancelled"]);
 * }
 * ```
 */
export function advanceAlert(
  alert: Alert | undefined,
  found: Judgement,
  context: AlertContext,
): AlertStep {
  const calmSince = findCalm(alert, found, context.now);
  const change = decideChange(alert, found, { ...context, calmSince });
  if (change === undefined) {
    return {
      alert: alert && withLatest(alert, found, { ...context, calmSince }),
      transition: undefined,
    };
  }
  const changed = applyChange(alert, change, { found, context: { ...context, calmSince } });
  const transition = recordChange(changed, change, context.now);
  return { alert: isOver(change) ? undefined : changed, transition };
}

/**
 * Returns an alert that a person is on, or that nobody is on any more (`null`), and the record of it.
 */
export function acknowledgeAlert(
  alert: Alert,
  acknowledgement: Acknowledgement | null,
  at: Instant,
): AlertStep {
  const acknowledged = { ...alert, acknowledgement };
  const change = acknowledgement === null ? "unacknowledged" : "acknowledged";
  const transition = recordChange(acknowledged, change, at);
  return {
    alert: acknowledged,
    transition: { ...transition, message: describeAct(alert, acknowledgement) },
  };
}

function describeAct(alert: Alert, acknowledgement: Acknowledgement | null): string {
  if (acknowledgement === null) {
    return `acknowledgement by ${alert.acknowledgement?.by ?? "nobody"} taken back`;
  }
  const { by, note } = acknowledgement;
  return `acknowledged by ${by}${note === "" ? "" : `: ${note}`}`;
}

interface CalmContext extends AlertContext {
  readonly calmSince: Instant | null;
}

/** Returns since when a firing alert could resolve; `null` if this judgement does not let it. */
function findCalm(alert: Alert | undefined, found: Judgement, now: Instant): Instant | null {
  const isCalm = alert?.kind === "firing" && found.cleared && !found.enough;
  return isCalm ? alert.calmSince ?? now : null;
}

/** Returns what happens to an alert; `undefined` if it stays as it is. */
function decideChange(
  alert: Alert | undefined,
  found: Judgement,
  context: CalmContext,
): AlertChange | undefined {
  const { rule, now, calmSince } = context;
  switch (alert?.kind) {
    case undefined:
      if (!found.breached) return undefined;
      return found.enough ? "firing" : "pending";
    case "pending":
      if (found.breached && found.enough) return "firing";
      return found.held === 0 && !found.breached ? "cancelled" : undefined;
    case "firing":
      if (calmSince !== null && now - calmSince >= rule.keepFiringForMs) return "resolved";
      return found.critical === null
        ? followRule(alert.severity, context)
        : decideLevel(alert.severity, found.critical, context);
  }
}

/** A rule without a critical limit has one level: another one is left from before the configuration changed. */
function followRule(
  severity: Severity,
  { rule, isFresh = true, isReload = false }: CalmContext,
): "escalated" | "eased" | undefined {
  const change = moveLevel(severity, rule.severity);
  return change === "eased" && !isFresh && !isReload ? undefined : change;
}

function moveLevel(from: Severity, to: Severity): "escalated" | "eased" | undefined {
  if (from === to) return undefined;
  return to === "critical" ? "escalated" : "eased";
}

/** Time makes nothing better, nor does a critical limit that was raised: that takes a fresh sample. */
function decideLevel(
  severity: Severity,
  critical: CriticalJudgement,
  { calmSince, isFresh = true }: CalmContext,
): "escalated" | "eased" | undefined {
  if (calmSince !== null) return undefined;
  if (critical.enough) return moveLevel(severity, "critical");
  return isFresh && critical.cleared ? moveLevel(severity, "warning") : undefined;
}

function isOver(change: AlertChange): boolean {
  return change === "resolved" || change === "cancelled";
}

interface Cause {
  readonly found: Judgement;
  readonly context: CalmContext;
}

function applyChange(before: Alert | undefined, change: AlertChange, cause: Cause): Alert {
  const { found, context: { service, rule, now, seenAt, calmSince } } = cause;
  const severity = severityAfter(before, change, cause);
  return {
    kind: before?.kind === "firing" || change === "firing" ? "firing" : "pending",
    id: before?.id ?? composeId(cause.context, found),
    service,
    rule,
    severity,
    since: before?.since ?? now,
    firedAt: before?.firedAt ?? (change === "firing" ? now : null),
    begunAt: before === undefined || change === "firing" ? now : before.begunAt,
    peak: before === undefined ? found.value : worse(rule, before.peak, found.value),
    latest: found,
    cause: found,
    message: explainChange(rule, change, { found, severity }),
    seenAt,
    calmSince,
    acknowledgement: before?.acknowledgement ?? null,
  };
}

function severityAfter(
  before: Alert | undefined,
  change: AlertChange,
  { found, context }: Cause,
): Severity {
  switch (change) {
    case "pending":
    case "eased":
      return context.rule.severity;
    case "firing":
      return found.critical?.enough ? "critical" : context.rule.severity;
    case "escalated":
      return "critical";
    case "resolved":
    case "cancelled":
    case "acknowledged":
    case "unacknowledged":
      return before?.severity ?? context.rule.severity;
  }
}

function recordChange(alert: Alert, change: AlertChange, at: Instant): AlertTransition {
  const { id, service, rule, severity, since, firedAt, peak, message, cause } = alert;
  const { seenAt, calmSince, acknowledgement } = alert;
  const { value, unit, evidence } = cause;
  return {
    kind: "alert",
    ...{ change, id, service, rule, severity, at, since, firedAt, value, peak },
    limit: limitAt(cause, severity),
    ...{ unit, evidence, message, seenAt, calmSince, acknowledgement },
  };
}

/** Returns the limit that an alert of a severity was held against. */
export function limitAt({ limit, critical }: Judgement, severity: Severity): number {
  return severity === "critical" && critical !== null ? critical.limit : limit;
}

/** Returns the record of an alert that ends because its rule is gone from the configuration. */
export function endAlert(alert: Alert, at: Instant, message: string): AlertTransition {
  const change = alert.kind === "firing" ? "resolved" : "cancelled";
  return { ...recordChange(alert, change, at), message };
}

function withLatest(alert: Alert, latest: Judgement, { seenAt, calmSince }: CalmContext): Alert {
  return { ...alert, latest, seenAt, calmSince, peak: worse(alert.rule, alert.peak, latest.value) };
}

function worse(rule: Rule, a: number, b: number): number {
  return rule.kind === "threshold" && rule.direction === "below" ? Math.min(a, b) : Math.max(a, b);
}

/** A threshold is judged once for each new sample, and silence begins once at an instant. */
function composeId({ service, rule, now }: AlertContext, found: Judgement): string {
  const at = rule.kind === "threshold" ? found.evidence.at(-1)?.at : now;
  return `${rule.name}:${service}:${(at ?? now).toString(36)}`;
}
