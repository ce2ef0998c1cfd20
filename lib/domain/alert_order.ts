/**
 * In what order alerts are read.
 *
 * @module
 */

import { type AlertMarks, isHandled } from "./alert_group.ts";
import type { Instant } from "./instant.ts";
import type { Severity } from "./rule.ts";

/** What decides over the place of an alert. */
export interface AlertFacts extends AlertMarks {
  /** Decides between alerts that are alike in all else. */
  readonly id: string;
  /** Critical before warning. */
  readonly severity: Severity;
  /** When the breach began. */
  readonly since: Instant;
  /** When it fired; `null` if it has not. */
  readonly firedAt: Instant | null;
}

const STATES: readonly AlertFacts["state"][] = ["firing", "pending", "resolved"];

/**
 * Compares two alerts for sorting: firing before pending, critical before warning, those that nobody deals
 * with before those that are acknowledged or muted, newest first.
 *
 * @example
 * ```ts
 * import { compareAlerts } from "@/lib/domain/alert_order.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const open = { acknowledged: null, silencedBy: null, inhibitedBy: null };
 * const old = { id: "1", severity: "warning", state: "pending", since: 0, firedAt: null, ...open } as const;
 * const alerts = [old, { ...old, id: "2", state: "firing", firedAt: 5 } as const];
 * assertEquals(alerts.toSorted(compareAlerts).map((alert) => alert.id), ["2", "1"]);
 * ```
 */
export function compareAlerts(a: AlertFacts, b: AlertFacts): number {
  return STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
    severityRank(a) - severityRank(b) ||
    Number(isHandled(a)) - Number(isHandled(b)) ||
    (b.firedAt ?? b.since) - (a.firedAt ?? a.since) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function severityRank(alert: AlertFacts): number {
  return alert.severity === "critical" ? 0 : 1;
}
