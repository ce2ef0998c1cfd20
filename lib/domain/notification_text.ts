/**
 * What a notification says in words, whatever form its receiver gives it.
 *
 * @module
 */

import { formatDuration, formatInstant } from "./instant.ts";
import { formatValue } from "./metric.ts";
import type { Notification, NotifiedAlert, SendReason } from "./notification.ts";

/** How many alerts and how many affected services are named; the rest are counted. */
export const MAX_NAMED = 10;

/** What a title is made of. */
export interface TitleFacts {
  /** Name of the service; of a test the name of the receiver. */
  readonly service: string;
  /** What it is about, worst first. */
  readonly alerts: readonly NotifiedAlert[];
  /** Why it is sent. */
  readonly reason: SendReason;
  /** For how long the incident has lasted, in milliseconds. */
  readonly lastedMs: number;
  /** Of a resolved one: rules that fire all the same, of which the receiver is not told. @default {[]} */
  readonly stillFiring?: readonly string[];
}

/**
 * Returns the one line that says it all.
 *
 * @example
 * ```ts
 * import { composeTitle } from "@/lib/domain/notification_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const facts = { service: "checkout", alerts: [], lastedMs: 240_000 };
 * assertEquals(
 *   composeTitle({ ...facts, reason: "resolved" }),
 *   "checkout has recovered after 4 min",
 * );
 * ```
 */
export function composeTitle(facts: TitleFacts): string {
  const { service, alerts, reason, lastedMs, stillFiring = [] } = facts;
  switch (reason) {
    case "test":
      return `Test from Vitals: receiver ${service} works`;
    case "resolved":
      return stillFiring.length === 0
        ? `${service} has recovered after ${formatDuration(lastedMs)}`
        : `${service}: ${listRules(alerts)} ${alerts.length === 1 ? "has" : "have"} resolved; ` +
          `still fires: ${listNames(stillFiring)}`;
    case "flapping":
      return `${service}: ${listRules(alerts)} ${
        alerts.length === 1 ? "keeps" : "keep"
      } changing ` +
        "between firing and resolved";
    case "repeat":
      return `Still: ${describeFiring(service, alerts)}`;
    case "first":
    case "more":
    case "escalated":
      return describeFiring(service, alerts);
  }
}

/**
 * Returns what there is to say beyond the title, a line each: every alert with its reason, since when, and who
 * suffers too. Of a resolved incident how long each alert lasted and its worst number.
 */
export function composeLines(notification: Notification): string[] {
  const { alerts, affected, since, lastedMs, state } = notification;
  if (state === "test") return ["If you can read this, notifications arrive."];
  const span = `${formatInstant(since)}, ${formatDuration(lastedMs)}`;
  const more = alerts.length - MAX_NAMED;
  return [
    ...alerts.slice(0, MAX_NAMED).map((alert) => describeAlert(alert)),
    ...more > 0 ? [`and ${more} more ${more === 1 ? "alert" : "alerts"}`] : [],
    state === "firing" ? `since ${span} ago` : `began ${span} ago`,
    ...affected.length === 0 ? [] : [`affected: ${listNames(affected)}`],
  ];
}

function describeAlert(
  { rule, severity, message, firedAt, resolvedAt, peak, unit }: NotifiedAlert,
): string {
  if (resolvedAt === null) return `${rule} (${severity}): ${message}`;
  const worst = formatValue({ unit, decimals: 1 }, peak);
  const lasted = formatDuration(resolvedAt - firedAt);
  return `${rule} (${severity}) lasted ${lasted}, worst ${worst}: ${message}`;
}

function listNames(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  return [...names.slice(0, MAX_NAMED), ...more > 0 ? [`${more} more`] : []].join(", ");
}

function describeFiring(service: string, alerts: readonly NotifiedAlert[]): string {
  const down = alerts.find(({ kind, severity }) =>
    kind === "missingHeartbeat" && severity === "critical"
  );
  if (down !== undefined) return `${service} is DOWN: ${down.message}`;
  const [first] = alerts;
  if (first === undefined) return service;
  return alerts.length === 1
    ? `${service}: ${first.rule}, ${first.message}`
    : `${service}: ${alerts.length} alerts, ${listRules(alerts)}`;
}

function listRules(alerts: readonly NotifiedAlert[]): string {
  const rules = alerts.slice(0, MAX_NAMED).map(({ rule }) => rule);
  const more = alerts.length - MAX_NAMED;
  const last = more > 0 ? `${more} more` : rules.pop() ?? "";
  return rules.length === 0 ? last : `${rules.join(", ")} and ${last}`;
}
