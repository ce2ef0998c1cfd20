/**
 * Alerts as they are told together: those of one service, to one receiver.
 *
 * @module
 */

import type { GettableAlert } from "./alert_view.ts";

/** A group of alerts, as Alertmanager shows it. */
export interface AlertGroup {
  /** What they have in common: `service`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Who is told of them. */
  readonly receiver: { readonly name: string };
  /** The alerts, by fingerprint. */
  readonly alerts: readonly GettableAlert[];
}

/** Returns the groups, by service, then by receiver. */
export function groupAlerts(alerts: readonly GettableAlert[]): AlertGroup[] {
  const pairs = alerts.flatMap((alert) =>
    alert.receivers.map(({ name }) => ({ alert, key: `${alert.labels.service}\n${name}` }))
  );
  return [...Map.groupBy(pairs, ({ key }) => key)]
    .sort(([one], [other]) => one < other ? -1 : 1)
    .map(([key, group]) => {
      const [service = "", name = ""] = key.split("\n");
      return { labels: { service }, receiver: { name }, alerts: group.map(({ alert }) => alert) };
    });
}
