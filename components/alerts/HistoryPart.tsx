/**
 * The alerts that ended, with filters in the address.
 *
 * @module
 */

import type { VNode } from "preact";

import { formatDuration } from "@/lib/domain/instant.ts";
import { formatLimit, formatValue } from "@/lib/domain/metric.ts";
import type { AlertView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/alerts_page.ts";

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
          <h2 id="history-title" tabIndex={-1}>{words.resolved}</h2>
          <span>{words.newestFirst}</span>
        </header>
        {alerts.length === 0
          ? <p class="quiet">{explainEmpty(query)}</p>
          : <HistoryTable alerts={alerts} />}
      </section>
      <p class="paging">
        {query.after !== null && (
          <a class="ghost" href={`/alerts${formatAlertsQuery({ ...query, after: null })}`}>
            {words.newest}
          </a>
        )}
        {next !== null && (
          <a class="ghost" href={`/alerts${formatAlertsQuery({ ...query, after: next })}`}>
            {words.older}
          </a>
        )}
      </p>
    </>
  );
}

function explainEmpty({ service, rule, severity, after }: AlertsQuery): string {
  if (service !== "" || rule !== "" || severity !== null) return words.noneFits;
  if (after !== null) return words.noOlder;
  return words.noneEnded;
}

function HistoryFilter({ query: { service, rule, severity } }: Pick<HistoryPartProps, "query">) {
  return (
    <form class="toolbar filter" method="get" action="/alerts" role="search">
      <input type="hidden" name="view" value="history" />
      <input
        type="search"
        name="service"
        aria-label={words.serviceContains}
        placeholder={words.service}
        defaultValue={service}
      />
      <input
        type="search"
        name="rule"
        aria-label={words.ruleContains}
        placeholder={words.rule}
        defaultValue={rule}
      />
      <select name="severity" aria-label={words.severity}>
        <option value="">{words.anySeverity}</option>
        <option value="critical" selected={severity === "critical"}>
          {words.severities.critical}
        </option>
        <option value="warning" selected={severity === "warning"}>
          {words.severities.warning}
        </option>
      </select>
      <button type="submit" class="ghost">{words.filter}</button>
    </form>
  );
}

const CAPTIONS = [
  words.rule,
  words.service,
  words.severity,
  words.fired,
  words.lasted,
  words.worst,
  words.howItEnded,
];

function HistoryTable({ alerts }: Pick<HistoryPage, "alerts">): VNode {
  return (
    <table class="list">
      <thead>
        <tr>
          {CAPTIONS.map((caption) => <th key={caption} scope="col">{caption}</th>)}
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
        <span class="severity">{words.severities[severity]}</span>
      </td>
      <td data-caption={words.firedCell}>
        <Time at={from} exact />
      </td>
      <td data-caption={words.lastedCell}>
        {alert.resolvedAt === null ? "" : formatDuration(alert.resolvedAt - from)}
      </td>
      <td data-caption={words.worstCell}>{formatPeak(alert)}</td>
      <td class="why">{message}</td>
    </tr>
  );
}

function formatPeak({ definition, peak, unit }: AlertView): string {
  return definition.kind === "threshold"
    ? formatValue(definition.metric, peak)
    : unit === "s"
    ? formatDuration(peak * 1_000)
    : formatLimit({ unit }, peak);
}
