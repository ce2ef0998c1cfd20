/**
 * The verdict: how everything is, in one line and a sentence or two of reasons. Words only; what they
 * look like is the screen's matter.
 *
 * @module
 */

import { formatDuration, type Instant } from "./instant.ts";
import type { Rule } from "./rule.ts";
import { compareStatus, type Status } from "./status.ts";

/** How many services get a sentence of their own; the rest are counted. */
export const MAX_REASONS = 3;

/** How many services have each status. */
export type StatusCounts = Readonly<Record<Status, number>>;

/** What the verdict needs to know of a service. */
export interface VerdictService {
  /** Its name. */
  readonly name: string;
  /** How it is now. */
  readonly status: Status;
  /** The last sign of life; `null` before the first. */
  readonly lastHeartbeat: Instant | null;
}

/** What the verdict needs to know of an alert. */
export interface VerdictAlert {
  /** Name of the service. */
  readonly service: string;
  /** Only firing ones are reasons. */
  readonly state: "pending" | "firing" | "resolved";
  /** The rule that was breached. */
  readonly definition: Rule;
}

/** What the reasons are drawn from. */
export interface VerdictFacts {
  /** All services, in any order. */
  readonly services: Iterable<VerdictService>;
  /** Their alerts, in any order. */
  readonly alerts: Iterable<VerdictAlert>;
}

/**
 * Returns how many services have each status.
 *
 * @example
 * ```ts
 * import { countStatuses } from "@/lib/domain/verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(countStatuses(["DOWN", "HEALTHY", "HEALTHY"]).HEALTHY, 2);
 * ```
 */
export function countStatuses(statuses: Iterable<Status>): StatusCounts {
  const counts = { DOWN: 0, DEGRADED: 0, UNKNOWN: 0, HEALTHY: 0 };
  for (const status of statuses) counts[status]++;
  return counts;
}

/**
 * Returns the verdict in one line.
 *
 * @example
 * ```ts
 * import { composeHeadline, countStatuses } from "@/lib/domain/verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const counts = countStatuses(["DOWN", "DEGRADED", "HEALTHY"]);
 * assertEquals(composeHeadline(counts), "1 service down, 1 degraded");
 * ```
 */
export function composeHeadline(counts: StatusCounts): string {
  const { DOWN, DEGRADED, UNKNOWN, HEALTHY } = counts;
  if (DOWN > 0) return `${services(DOWN)} down${DEGRADED > 0 ? `, ${DEGRADED} degraded` : ""}`;
  if (DEGRADED > 0) return `${services(DEGRADED)} degraded`;
  if (UNKNOWN > 0 && HEALTHY === 0) {
    return `Waiting for the first heartbeat of ${services(UNKNOWN)}`;
  }
  if (UNKNOWN > 0) return `${services(HEALTHY)} healthy, waiting for ${UNKNOWN} more`;
  if (HEALTHY > 1) return `All ${HEALTHY} services healthy`;
  return HEALTHY === 1 ? "1 service healthy" : "No services yet";
}

/**
 * Returns the reasons behind the headline: one sentence for each of the worst {@linkcode MAX_REASONS}
 * services, by status and then name, and how many more there are.
 *
 * @example
 * ```ts
 * import { composeReasons } from "@/lib/domain/verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const services = [{ name: "checkout", status: "DOWN", lastHeartbeat: 0 }] as const;
 * assertEquals(
 *   composeReasons({ services, alerts: [] }, 12_000),
 *   "checkout stopped sending heartbeats 12 s ago.",
 * );
 * ```
 */
export function composeReasons(facts: VerdictFacts, now: Instant): string {
  const all = [...facts.services];
  const bad = all.filter((service) => service.status === "DOWN" || service.status === "DEGRADED");
  if (bad.length === 0) return composeCalm(all, facts.alerts);
  bad.sort((a, b) => compareStatus(a.status, b.status) || (a.name < b.name ? -1 : 1));
  const firing = [...facts.alerts].filter((alert) => alert.state === "firing");
  const sentences = bad.slice(0, MAX_REASONS).map((service) =>
    service.status === "DOWN"
      ? describeDown(service, now)
      : describeDegraded(service, firing.filter((alert) => alert.service === service.name))
  );
  const more = bad.length - sentences.length;
  return [...sentences, ...(more > 0 ? [`And ${more} more.`] : [])].join(" ");
}

/**
 * Returns the title of the page: the worst status with its mark, for a tab that is not looked at.
 *
 * @example
 * ```ts
 * import { composeTitle, countStatuses } from "@/lib/domain/verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(composeTitle(countStatuses(["DOWN", "DEGRADED"])), "■ 1 down · Vitals");
 * ```
 */
export function composeTitle(counts: StatusCounts): string {
  if (counts.DOWN > 0) return `■ ${counts.DOWN} down · Vitals`;
  if (counts.DEGRADED > 0) return `▲ ${counts.DEGRADED} degraded · Vitals`;
  if (counts.UNKNOWN > 0) return `○ ${counts.UNKNOWN} waiting · Vitals`;
  return counts.HEALTHY > 0 ? "● All healthy · Vitals" : "Vitals";
}

function services(count: number): string {
  return count === 1 ? "1 service" : `${count} services`;
}

function composeCalm(all: readonly VerdictService[], alerts: Iterable<VerdictAlert>): string {
  if (all.length === 0) return "Send a sample, and its service appears.";
  const pending = [...alerts].filter((alert) => alert.state === "pending").length;
  if (pending > 0) return `${pending} ${pending === 1 ? "alert is" : "alerts are"} pending.`;
  return all.every((service) => service.status === "HEALTHY")
    ? "Every service reports, and none is beyond a limit."
    : "No limit is broken so far.";
}

function describeDown(service: VerdictService, now: Instant): string {
  if (service.lastHeartbeat === null) return `${service.name} was never heard of.`;
  const age = formatDuration(now - service.lastHeartbeat);
  return `${service.name} stopped sending heartbeats ${age} ago.`;
}

function describeDegraded(service: VerdictService, firing: readonly VerdictAlert[]): string {
  const rules = firing.map((alert) => alert.definition);
  const parts = [
    describeLimits(rules, "above"),
    describeLimits(rules, "below"),
    rules.some((rule) => rule.kind === "missingHeartbeat") ? "is late with its heartbeat" : "",
  ].filter((part) => part !== "");
  return `${service.name} ${parts.length === 0 ? "is degraded" : joinWords(parts)}.`;
}

function describeLimits(rules: readonly Rule[], direction: "above" | "below"): string {
  const names = new Set<string>();
  for (const rule of rules) {
    if (rule.kind === "threshold" && rule.direction === direction) names.add(rule.metric.name);
  }
  if (names.size === 0) return "";
  return `is ${direction} its ${joinWords([...names])} ${names.size === 1 ? "limit" : "limits"}`;
}

function joinWords(words: readonly string[]): string {
  return words.length < 2
    ? words.join()
    : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}
