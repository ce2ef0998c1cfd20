/**
 * Dependencies: when what a service suffers is put down to one that it depends on. One hop; that one may
 * depend on others in turn. Only telling is held back: alerts are raised, shown and resolved as ever.
 *
 * @module
 */

import { silenceRules } from "./fresh_series.ts";
import type { Instant } from "./instant.ts";
import { lastSign } from "./next_deadline.ts";
import { limitsSince } from "./schedule.ts";
import type { ServiceState } from "./service.ts";

/**
 * How long an alert waits until it is known whether its parent lives, in milliseconds. A parent that reports
 * once an hour must not hold the alerts of its children for an hour.
 */
const MAX_WAIT_MS = 300_000;

/** What is known of a service that others depend on. */
export interface ParentFacts {
  /** Name of the service. */
  readonly service: string;
  /** Id of the firing alert that makes it DOWN; `null` while it is not. */
  readonly downAlert: string | null;
  /** When it last ceased to be DOWN; `null` if it never was. */
  readonly recoveredAt: Instant | null;
  /** When its last sign of life came; `null` before the first. */
  readonly lastHeartbeat: Instant | null;
  /** When silence makes it DOWN if nothing comes; `null` if no rule does. */
  readonly downAt: Instant | null;
}

/** What an inhibited alert waits for. */
export interface Inhibition {
  /**
   * `down`: the other service is DOWN. `recovering`: it has just come back, and those that depend on it may
   * take a while. `unconfirmed`: nothing was heard of it since the alert began, so it may be DOWN as well.
   */
  readonly kind: "down" | "recovering" | "unconfirmed";
  /** Name of the other service. */
  readonly service: string;
  /** Id of the alert that makes it DOWN; `null` if it is not. */
  readonly alert: string | null;
  /** When this ends by itself; `null` while the other service is DOWN. */
  readonly until: Instant | null;
}

/** What {@linkcode findInhibition} looks at. */
export interface InhibitionContext {
  /** When the alert in question began, see `Alert.begunAt`. */
  readonly since: Instant;
  /** The services that its service depends on. */
  readonly parents: readonly ParentFacts[];
  /** How long those that depend on a service may take to recover after it, in milliseconds. */
  readonly graceMs: number;
}

/**
 * Returns what inhibits an alert at `now`; `null` if nothing does. What fails together is often noticed one
 * after the other, so an alert also waits until its parent is known to have lived on.
 *
 * @example
 * ```ts
 * import { findInhibition } from "@/lib/domain/dependency.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const db = {
 *   service: "db",
 *   downAlert: null,
 *   recoveredAt: null,
 *   lastHeartbeat: 1_000,
 *   downAt: 6_000,
 * };
 * const context = { since: 2_000, parents: [db], graceMs: 30_000 };
 * assertEquals(findInhibition(context, 2_500)?.kind, "unconfirmed");
 * const alive = { ...context, parents: [{ ...db, lastHeartbeat: 2_100, downAt: 7_100 }] };
 * assertEquals(findInhibition(alive, 2_500), null);
 * ```
 */
export function findInhibition(context: InhibitionContext, now: Instant): Inhibition | null {
  const found = context.parents.flatMap((parent) => inhibit(parent, context, now) ?? []);
  return found.find(({ kind }) => kind === "down") ?? found.reduce(later, null);
}

function inhibit(
  { service, downAlert, recoveredAt, lastHeartbeat, downAt }: ParentFacts,
  { since, graceMs }: InhibitionContext,
  now: Instant,
): Inhibition | null {
  if (downAlert !== null) return { kind: "down", service, alert: downAlert, until: null };
  const graceUntil = recoveredAt === null ? -Infinity : recoveredAt + graceMs;
  if (now < graceUntil) return { kind: "recovering", service, alert: null, until: graceUntil };
  const isHeardOf = lastHeartbeat !== null && lastHeartbeat >= since;
  const knownAt = downAt === null || downAt - since <= MAX_WAIT_MS
    ? downAt ?? -Infinity
    : since + graceMs;
  if (isHeardOf || now >= knownAt) return null;
  return { kind: "unconfirmed", service, alert: null, until: knownAt };
}

function later(a: Inhibition | null, b: Inhibition): Inhibition {
  return (a?.until ?? -Infinity) >= (b.until ?? Infinity) && a !== null ? a : b;
}

/** Returns the facts about a service that others depend on. */
export function parentFacts(state: ServiceState, recoveredAt: Instant | null): ParentFacts {
  const down = Object.values(state.alerts).find((alert) =>
    alert.kind === "firing" && alert.rule.kind === "missingHeartbeat" &&
    alert.severity === "critical"
  );
  const sign = lastSign(state);
  const limits = silenceRules(state.rules).map((rule) => limitsSince(rule, sign)).flatMap((rule) =>
    rule.severity === "critical" ? [rule.limitMs] : rule.criticalMs ?? []
  );
  return {
    service: state.service,
    downAlert: down?.id ?? null,
    recoveredAt,
    lastHeartbeat: state.lastHeartbeat,
    downAt: limits.length === 0 ? null : sign + Math.min(...limits),
  };
}
