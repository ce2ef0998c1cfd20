/**
 * Looks through the alerts that ended, for those that a person looks for.
 *
 * @module
 */

import { type AlertsQuery, type HistoryPage, PAGE_SIZE } from "@/components/alerts_data.ts";
import type { MonitorState } from "@/lib/ports/monitor.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

/** How many alerts are asked for at a time. */
const BATCH = 200;

/** How many alerts are looked at for one page; the page after it goes on from there. */
const MAX_BATCHES = 25;

/**
 * Returns a page of resolved alerts that fit the filters, newest end first. Where few fit, it may hold less
 * than a page and still name a next one.
 */
export function findHistory(
  monitor: Pick<MonitorState, "alerts">,
  { service, rule, severity, after }: AlertsQuery,
): HistoryPage {
  const fits = (alert: AlertView) => holds(alert.service, service) && holds(alert.rule, rule);
  const alerts: AlertView[] = [];
  let cursor = after;
  for (let turn = 0; turn < MAX_BATCHES; turn++) {
    const batch = monitor.alerts({
      ...{ state: "resolved", service: null, severity, after: cursor, limit: BATCH } as const,
    });
    for (const alert of batch) {
      if (!fits(alert)) continue;
      if (alerts.length === PAGE_SIZE) return { alerts, next: alerts.at(-1)?.id ?? null };
      alerts.push(alert);
    }
    if (batch.length < BATCH) return { alerts, next: null };
    cursor = batch.at(-1)?.id ?? null;
  }
  return { alerts, next: cursor };
}

function holds(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
