/**
 * The life of one alert: one rule, one service. It goes from nothing to pending to firing and back, moved
 * by judgements only; silence moves nothing here.
 *
 * @module
 */

import { type AlertChange, explainChange } from "./explain.ts";
import type { Instant } from "./instant.ts";
import type { Judgement } from "./judgement.ts";
import type { Rule } from "./rule.ts";
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
  /** When the breach began. */
  readonly since: Instant;
  /** When it began to fire; `null` while pending. */
  readonly firedAt: Instant | null;
  /** The worst number since it began. */
  readonly peak: number;
  /** The latest judgement. */
  readonly latest: Judgement;
  /** The judgement that led to the latest transition. */
  readonly cause: Judgement;
  /** The reason of the latest transition, in words. */
  readonly message: string;
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
}

/**
 * Returns the alert after a judgement on fresh evidence.
 *
 * A breach makes it pending, enough breaches make it fire. A firing one resolves only when the newest
 * evaluation is cleared and no longer enough of them breach; a pending one is cancelled when none breaches.
 *
 * @example A breach that does not last is forgotten
 * ```ts
 * import { advanceAlert } from "@/lib/domain/alert.ts";
 * import { judge } from "@/lib/domain/judgement.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [rule] = DEFAULT_RULES;
 * const hot = rule && judge(rule, [{ at: 1, value: 99 }], 1);
 * const fine = rule && judge(rule, [{ at: 1, value: 99 }, { at: 2, value: 20 }], 2);
 * if (hot && fine) {
 *   const pending = advanceAlert(undefined, hot, { service: "checkout", rule, now: 1 });
 *   assertEquals(pending.alert?.kind, "pending");
 *   const after = advanceAlert(pending.alert, fine, { service: "checkout", rule, now: 2 });
 *   assertEquals([after.alert, after.transition?.change], [undefined, "cancelled"]);
 * }
 * ```
 */
export function advanceAlert(
  alert: Alert | undefined,
  found: Judgement,
  context: AlertContext,
): AlertStep {
  const change = decideChange(alert, found);
  if (change === undefined) {
    return { alert: alert && withLatest(alert, found), transition: undefined };
  }
  const changed = applyChange(alert, change, { found, context });
  const transition = recordChange(changed, change, context.now);
  return { alert: change === "pending" || change === "firing" ? changed : undefined, transition };
}

/** Returns what happens to an alert; `undefined` if it stays as it is. */
function decideChange(alert: Alert | undefined, found: Judgement): AlertChange | undefined {
  const enough = found.breaches >= found.needed;
  switch (alert?.kind) {
    case undefined:
      if (!found.breached) return undefined;
      return enough ? "firing" : "pending";
    case "pending":
      if (found.breached && enough) return "firing";
      return found.breaches === 0 ? "cancelled" : undefined;
    case "firing":
      return found.cleared && !enough ? "resolved" : undefined;
  }
}

interface Cause {
  readonly found: Judgement;
  readonly context: AlertContext;
}

function applyChange(
  before: Alert | undefined,
  change: AlertChange,
  { found, context: { service, rule, now } }: Cause,
): Alert {
  const fires = change === "firing";
  return {
    kind: before?.kind === "firing" || fires ? "firing" : "pending",
    id: before?.id ?? composeId({ service, rule, now }, found),
    service,
    rule,
    since: before?.since ?? now,
    firedAt: before?.firedAt ?? (fires ? now : null),
    peak: before === undefined ? found.value : worse(rule, before.peak, found.value),
    latest: found,
    cause: found,
    message: explainChange(rule, change, found),
  };
}

function recordChange(alert: Alert, change: AlertChange, at: Instant): AlertTransition {
  const { id, service, rule, since, firedAt, peak, message, cause } = alert;
  const { value, limit, unit, evidence } = cause;
  return {
    kind: "alert",
    change,
    id,
    service,
    rule,
    at,
    since,
    firedAt,
    value,
    peak,
    limit,
    unit,
    evidence,
    message,
  };
}

/** Returns the record of an alert that ends because its rule is gone from the configuration. */
export function endAlert(alert: Alert, at: Instant, message: string): AlertTransition {
  const change = alert.kind === "firing" ? "resolved" : "cancelled";
  return { ...recordChange(alert, change, at), message };
}

function withLatest(alert: Alert, latest: Judgement): Alert {
  return { ...alert, latest, peak: worse(alert.rule, alert.peak, latest.value) };
}

function worse(rule: Rule, a: number, b: number): number {
  return rule.kind === "threshold" && rule.direction === "below" ? Math.min(a, b) : Math.max(a, b);
}

/** A threshold is judged once for each new sample, and silence begins once at an instant. */
function composeId({ service, rule, now }: AlertContext, found: Judgement): string {
  const at = rule.kind === "threshold" ? found.evidence.at(-1)?.at : now;
  return `${rule.name}:${service}:${(at ?? now).toString(36)}`;
}
