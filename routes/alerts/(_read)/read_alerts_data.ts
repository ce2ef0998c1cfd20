/**
 * Reads what the page of alerts shows beside the live state.
 *
 * @module
 */

import { type AlertsData, type AlertsQuery, PAGE_SIZE } from "@/components/alerts_data.ts";
import type { AlertDesk } from "@/lib/ports/alert_desk.ts";
import type { MonitorState } from "@/lib/ports/monitor.ts";

import { findHistory } from "./find_history.ts";

/** Where it is read from. */
export interface AlertsSource {
  readonly monitor: Pick<MonitorState, "alerts">;
  readonly desk: AlertDesk;
}

/** Returns what a part of the page shows. */
export function readAlertsData({ monitor, desk }: AlertsSource, query: AlertsQuery): AlertsData {
  const { part, receiver, state, after } = query;
  const silences = desk.silences();
  const receivers = desk.receivers();
  return {
    history: part === "history" ? findHistory(monitor, query) : { alerts: [], next: null },
    silences: part === "silences" ? silences : [],
    maintenance: part === "silences" ? desk.maintenance() : [],
    receivers: part === "delivery" ? receivers : [],
    notifications: part === "delivery"
      ? desk.notifications({
        receiver: receiver === "" ? null : receiver,
        ...{ service: null, alert: null, state },
        limit: PAGE_SIZE,
        before: after,
      })
      : [],
    decisions: part === "delivery" ? desk.notificationCounts().decisions : {},
    activeSilences: silences.filter((silence) => silence.state === "active").length,
    failingReceivers: receivers.filter((each) => each.state === "failing").length,
  };
}
