/**
 * Which alerts want a person now, and which do not: the groups of the screen, and how many are in each.
 *
 * @module
 */

import * as words from "@/texts/alert_groups.ts";

/** What is known of who deals with an alert. */
export interface AlertMarks {
  /** Where it stands. */
  readonly state: "pending" | "firing" | "resolved";
  /** Who is on it; `null` for nobody. */
  readonly acknowledged: object | null;
  /** What mutes it; `null` for nothing. */
  readonly silencedBy: object | null;
  /** What inhibits it; `null` for nothing. */
  readonly inhibitedBy: object | null;
}

/**
 * `open` fires and wants a person. `acknowledged` has one. `muted` is not told of: silenced, in maintenance, or
 * inhibited.
 */
export type AlertGroup = "open" | "acknowledged" | "muted" | "pending" | "resolved";

/** Tells whether somebody or something deals with an alert, so that it need not be looked at first. */
export function isHandled(alert: Omit<AlertMarks, "state">): boolean {
  return alert.acknowledged !== null || alert.silencedBy !== null || alert.inhibitedBy !== null;
}

/** Returns the group of an alert. A person counts more than a mute, as it says more. */
export function groupOf(alert: AlertMarks): AlertGroup {
  if (alert.state !== "firing") return alert.state;
  if (alert.acknowledged !== null) return "acknowledged";
  return isHandled(alert) ? "muted" : "open";
}

const SUMMARISED = ["open", "acknowledged", "muted", "pending"] as const;

/**
 * Returns how many alerts are how; empty for none.
 *
 * @example
 * ```ts
 * import { summariseAlerts } from "@/lib/domain/alert_group.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const open = { state: "firing", acknowledged: null, silencedBy: null, inhibitedBy: null } as const;
 * assertEquals(summariseAlerts([open, open, { ...open, state: "pending" }]), "2 firing · 1 pending");
 * ```
 */
export function summariseAlerts(alerts: readonly AlertMarks[]): string {
  const counts = Map.groupBy(alerts, groupOf);
  return SUMMARISED.flatMap((group) => {
    const count = counts.get(group)?.length ?? 0;
    return count > 0 ? [words.counted(count, words.groupWords[group])] : [];
  }).join(" · ");
}
