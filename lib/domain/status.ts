/**
 * The status of a service. It is derived from facts, never set.
 *
 * @module
 */

import type { Rule } from "./rule.ts";

/** How a service is. `UNKNOWN` holds only from the start to the first heartbeat or the first limit. */
export type Status = "HEALTHY" | "DEGRADED" | "DOWN" | "UNKNOWN";

/** All statuses, worst first: the order of cards on the screen. */
export const STATUSES_BY_SEVERITY: readonly Status[] = ["DOWN", "DEGRADED", "UNKNOWN", "HEALTHY"];

/** What the status of a service is derived from. */
export interface StatusFacts {
  /** The rules of which an alert is firing. */
  readonly firing: readonly Pick<Rule, "kind" | "severity">[];
  /** Whether any sign of life was ever received. */
  readonly seen: boolean;
}

/**
 * Returns the status that follows from the facts: a critical missing-heartbeat alert means DOWN, any other
 * firing alert means DEGRADED.
 *
 * @example
 * ```ts
 * import { deriveStatus } from "@/lib/domain/status.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(deriveStatus({ firing: [], seen: true }), "HEALTHY");
 * assertEquals(
 *   deriveStatus({ firing: [{ kind: "missingHeartbeat", severity: "critical" }], seen: true }),
 *   "DOWN",
 * );
 * ```
 */
export function deriveStatus(facts: StatusFacts): Status {
  if (
    facts.firing.some((rule) => rule.kind === "missingHeartbeat" && rule.severity === "critical")
  ) {
    return "DOWN";
  }
  if (facts.firing.length > 0) return "DEGRADED";
  return facts.seen ? "HEALTHY" : "UNKNOWN";
}

/** Compares two statuses for sorting, worst first. */
export function compareStatus(a: Status, b: Status): number {
  return STATUSES_BY_SEVERITY.indexOf(a) - STATUSES_BY_SEVERITY.indexOf(b);
}

/** Returns the worst of some statuses; `HEALTHY` for none. */
export function worstStatus(statuses: Iterable<Status>): Status {
  let worst: Status = "HEALTHY";
  for (const status of statuses) if (compareStatus(status, worst) < 0) worst = status;
  return worst;
}
