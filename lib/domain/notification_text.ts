/**
 * What a notification says in words, whatever form its receiver gives it.
 *
 * @module
 */

import * as words from "@/texts/notifications.ts";

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
      return words.test(service);
    case "resolved":
      return stillFiring.length === 0
        ? words.recovered(service, formatDuration(lastedMs))
        : words.partlyResolved(service, {
          rules: listRules(alerts),
          count: alerts.length,
          firing: listNames(stillFiring),
        });
    case "flapping":
      return words.flapping(service, listRules(alerts), alerts.length);
    case "repeat":
      return words.still(describeFiring(service, alerts));
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
  if (state === "test") return [words.testLine];
  const [began, age] = [formatInstant(since), formatDuration(lastedMs)];
  const more = alerts.length - MAX_NAMED;
  return [
    ...alerts.slice(0, MAX_NAMED).map((alert) => describeAlert(alert)),
    ...more > 0 ? [words.moreAlerts(more)] : [],
    state === "firing" ? words.since(began, age) : words.began(began, age),
    ...affected.length === 0 ? [] : [words.affected(listNames(affected))],
  ];
}

function describeAlert(
  { rule, severity, message, firedAt, resolvedAt, peak, unit }: NotifiedAlert,
): string {
  const severityWord = words.severityWords[severity];
  if (resolvedAt === null) return words.firingAlert(rule, severityWord, message);
  const worst = formatValue({ unit, decimals: 1 }, peak);
  const lasted = formatDuration(resolvedAt - firedAt);
  return words.endedAlert(rule, { severity: severityWord, lasted, worst, reason: message });
}

function listNames(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  return [...names.slice(0, MAX_NAMED), ...more > 0 ? [words.moreNames(more)] : []].join(", ");
}

function describeFiring(service: string, alerts: readonly NotifiedAlert[]): string {
  const down = alerts.find(({ kind, severity }) =>
    kind === "missingHeartbeat" && severity === "critical"
  );
  if (down !== undefined) return words.isDown(service, down.message);
  const [first] = alerts;
  if (first === undefined) return service;
  return alerts.length === 1
    ? words.oneAlert(service, first.rule, first.message)
    : words.severalAlerts(service, alerts.length, listRules(alerts));
}

function listRules(alerts: readonly NotifiedAlert[]): string {
  const rules = alerts.slice(0, MAX_NAMED).map(({ rule }) => rule);
  return words.listRules(rules, alerts.length - MAX_NAMED);
}
