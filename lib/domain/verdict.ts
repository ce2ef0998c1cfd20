/**
 * The verdict: how everything is, in one line and a sentence or two of reasons. Words only; what they
 * look like is the screen's matter.
 *
 * @module
 */

import * as words from "@/texts/verdict.ts";

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
  if (DOWN > 0) return words.down(DOWN, DEGRADED);
  if (DEGRADED > 0) return words.degraded(DEGRADED);
  if (UNKNOWN > 0) {
    return HEALTHY > 0 ? words.healthyButWaiting(HEALTHY, UNKNOWN) : words.waiting(UNKNOWN);
  }
  return HEALTHY > 0 ? words.healthy(HEALTHY) : words.noServices;
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
  return [...sentences, ...(more > 0 ? [words.more(more)] : [])].join(" ");
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
  if (counts.DOWN > 0) return words.downTitle(counts.DOWN);
  if (counts.DEGRADED > 0) return words.degradedTitle(counts.DEGRADED);
  if (counts.UNKNOWN > 0) return words.waitingTitle(counts.UNKNOWN);
  return counts.HEALTHY > 0 ? words.healthyTitle : words.emptyTitle;
}

function composeCalm(all: readonly VerdictService[], alerts: Iterable<VerdictAlert>): string {
  if (all.length === 0) return words.sendASample;
  const pending = [...alerts].filter((alert) => alert.state === "pending").length;
  if (pending > 0) return words.pendingAlerts(pending);
  return all.every((service) => service.status === "HEALTHY") ? words.allGood : words.noneBroken;
}

function describeDown(service: VerdictService, now: Instant): string {
  if (service.lastHeartbeat === null) return words.neverHeardOf(service.name);
  return words.stoppedSending(service.name, formatDuration(now - service.lastHeartbeat));
}

function describeDegraded(service: VerdictService, firing: readonly VerdictAlert[]): string {
  const rules = firing.map((alert) => alert.definition);
  const [above, below] = [findLimits(rules, "above"), findLimits(rules, "below")];
  const isLate = rules.some((rule) => rule.kind === "missingHeartbeat");
  return words.isWrong(service.name, [
    ...above.length > 0 ? [words.aboveLimits(above)] : [],
    ...below.length > 0 ? [words.belowLimits(below)] : [],
    ...isLate ? [words.lateHeartbeat] : [],
  ]);
}

/** Returns the names of metrics that are on that side of a limit. */
function findLimits(rules: readonly Rule[], direction: "above" | "below"): readonly string[] {
  const names = new Set<string>();
  for (const rule of rules) {
    if (rule.kind === "threshold" && rule.direction === direction) names.add(rule.metric.name);
  }
  return [...names];
}
