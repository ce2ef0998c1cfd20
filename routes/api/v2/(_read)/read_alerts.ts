/**
 * The alerts that a client of Alertmanager asks for.
 *
 * @module
 */

import type { Context } from "fresh";

import { isAlertAskedFor, parseAlertFilter } from "@/lib/alertmanager/alert_query.ts";
import { type GettableAlert, showAlert } from "@/lib/alertmanager/alert_view.ts";
import type { State } from "@/utils.ts";

const EVERY_ALERT = {
  ...{ state: "active", service: null, severity: null, after: null } as const,
  limit: Number.MAX_SAFE_INTEGER,
};

/** Returns them as Alertmanager shows them, by fingerprint. */
export function readAlerts({ state, url }: Context<State>): GettableAlert[] {
  const { monitor } = state;
  const filter = parseAlertFilter(url.searchParams);
  const around = {
    now: state.now(),
    origin: monitor.origins()[0] ?? url.origin,
    routes: monitor.routes(),
    tagsOf: (service: string) => monitor.tagsOf(service),
    alert: (id: string) => monitor.alert(id),
  };
  return monitor.alerts(EVERY_ALERT)
    .filter((alert) => alert.state === "firing")
    .map((alert) => showAlert(alert, around))
    .filter((alert) => isAlertAskedFor(alert, filter, monitor.tagsOf(alert.labels.service ?? "")))
    .sort((one, other) => one.fingerprint < other.fingerprint ? -1 : 1);
}
