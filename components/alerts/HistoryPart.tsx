/**
 * The alerts that ended, with filters in the address.
 *
 * @module
 */

import type { VNode } from "preact";

import { formatDuration } from "@/lib/domain/instant.ts";
import { formatValue } from "@/lib/domain/metric.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

import { alertPath } from "../addresses.ts";
import { type AlertsQuery, formatAlertsQuery, type HistoryPage } from "../alerts_data.ts";
import { Time } from "../Time.tsx";

/** Props of {@linkcode HistoryPart}. */
export interface HistoryPartProps {
  readonly query: AlertsQuery;
  readonly page: HistoryPage;
}

/** Renders the filters, the alerts that fit, and the way to older ones. */
export function HistoryPart({ query, page: { alerts, next } }: HistoryPartProps): VNode {
  return (
    <>
      <HistoryFilter query={query} />
      <section class="panel" aria-labelledby="history-title">
        <header>
          <h2 id="history-title" tabIndex={-1}>Resolved</h2>
          <span>newest first</span>
        </header>
        {alerts.length === 0
          ? <p class="quiet">{explainEmpty(query)}</p>
          : <HistoryTable alerts={alerts} />}
      </section>
      <p class="paging">
        {query.after !== null && (
          <a class="ghost" href={`/alerts${formatAlertsQuery({ ...query, after: null })}`}>
            Newest
          </a>
        )}
        {next !== null && (
          <a class="ghost" href={`/alerts${formatAlertsQuery({ ...query, after: next })}`}>
            Older
          </a>
        )}
      </p>
    </>
  );
}

function explainEmpty({ service, rule, severity, after }: AlertsQuery): string {
  if (service !== "" || rule !== "" || severity !== null) return "No alert that ended fits.";
  if (after !== null) return "There are no older ones.";
  return "Alerts that fired and are over stand here: how long, how bad, and why they ended.";
}

function HistoryFilter({ query: { service, rule, severity } }: Pick<HistoryPartProps, "query">) {
  return (
    <form class="toolbar filter" method="get" action="/alerts" role="search">
      <input type="hidden" name="view" value="history" />
      <input
        type="search"
        name="service"
        aria-label="Service contains"
        placeholder="Service"
        defaultValue={service}
      />
      <input
        type="search"
        name="rule"
        aria-label="Rule contains"
        placeholder="Rule"
        defaultValue={rule}
      />
      <select name="severity" aria-label="Severity">
        <option value="">Any severity</option>
        <option value="critical" selected={severity === "critical"}>critical</option>
        <option value="warning" selected={severity === "warning"}>warning</option>
      </select>
      <button type="submit" class="ghost">Filter</button>
    </form>
  );
}

function HistoryTable({ alerts }: Pick<HistoryPage, "alerts">): VNode {
  return (
    <table class="list">
      <thead>
        <tr>
          {["Rule", "Service", "Severity", "Fired", "Lasted", "Worst", "How it ended"].map((
            caption,
          ) => <th key={caption} scope="col">{caption}</th>)}
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => <HistoryRow key={alert.id} alert={alert} />)}
      </tbody>
    </table>
  );
}

function HistoryRow({ alert }: { readonly alert: AlertView }): VNode {
  const { id, rule, service, severity, message } = alert;
  const from = alert.firedAt ?? alert.since;
  return (
    <tr data-tone={severity === "critical" ? "crit" : "warn"}>
      <th scope="row">
        <a href={alertPath(id)}>{rule}</a>
      </th>
      <td>{service}</td>
      <td>
        <span class="severity">{severity}</span>
      </td>
      <td data-caption="fired">
        <Time at={from} exact />
      </td>
      <td data-caption="lasted">
        {alert.resolvedAt === null ? "" : formatDuration(alert.resolvedAt - from)}
      </td>
      <td data-caption="worst">{formatPeak(alert)}</td>
      <td class="why">{message}</td>
    </tr>
  );
}

function formatPeak({ definition, peak, unit }: AlertView): string {
  return definition.kind === "threshold"
    ? formatValue(definition.metric, peak)
    : unit === "s"
    ? formatDuration(peak * 1_000)
    : `${peak} ${unit}`;
}
