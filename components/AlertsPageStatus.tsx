/**
 * The tab of the page of alerts: how many want a person, and the worst status.
 *
 * @module
 */

import { useSignalEffect } from "@preact/signals";

import { type AlertMarks, groupOf } from "@/lib/domain/alert_group.ts";
import * as words from "@/texts/alerts_page.ts";

import type { LiveStore } from "./live_store.ts";
import { iconOf, showFavicon } from "./PageStatus.tsx";

/** Props of {@linkcode AlertsPageStatus}. */
export interface AlertsPageStatusProps {
  readonly store: Pick<LiveStore, "alerts" | "counts">;
}

/** Renders nothing, but keeps the title and the favicon as the alerts and services are. */
export function AlertsPageStatus({ store }: AlertsPageStatusProps): null {
  useSignalEffect(() => {
    document.title = composeAlertsTitle(store.alerts.value);
    showFavicon(iconOf(store.counts.value));
  });
  return null;
}

/** Returns the title of the page of alerts: how many fire that nobody deals with. */
export function composeAlertsTitle(alerts: readonly AlertMarks[]): string {
  const open = alerts.filter((alert) => groupOf(alert) === "open").length;
  return words.title(open);
}
