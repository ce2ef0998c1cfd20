/**
 * What a notification says in words, whatever form its receiver gives it.
 *
 * @module
 */

import { formatDuration, type Instant } from "./instant.ts";
import type { NotifiedAlert, SendReason } from "./notification.ts";

/** What a title is made of. */
export interface TitleFacts {
  /** Name of the service; of a test the name of the receiver. */
  readonly service: string;
  /** What it is about, worst first. */
  readonly alerts: readonly NotifiedAlert[];
  /** Why it is sent. */
  readonly reason: SendReason;
  /** When the incident began. */
  readonly since: Instant;
  /** When it is told. */
  readonly at: Instant;
}

/**
 * Returns the one line that says it all.
 *
 * @example
 * ```ts
 * import { composeTitle } from "@/lib/domain/notification_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const facts = { service: "checkout", alerts: [], since: 0, at: 240_000 };
 * assertEquals(
 *   composeTitle({ ...facts, reason: "resolved" }),
 *   "checkout has recovered after 4 min",
 * );
 * ```
 */
export function composeTitle({ service, alerts, reason, since, at }: TitleFacts): string {
  switch (reason) {
    case "test":
      return `Test from Vitals: receiver ${service} works`;
    case "resolved":
      return `${service} has recovered after ${formatDuration(at - since)}`;
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
  const rules = alerts.map(({ rule }) => rule);
  return rules.length < 2
    ? rules.join()
    : `${rules.slice(0, -1).join(", ")} and ${rules[rules.length - 1]}`;
}
