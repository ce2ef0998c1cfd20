/**
 * What `/metrics` tells of alerts and of what mutes them. An alert is told of by its service and rule, of
 * which there is one pair each, never by its id.
 *
 * @module
 */

import type { MetricFamily } from "@/lib/domain/exposition.ts";
import type { AlertView, MaintenanceView, SilenceView } from "@/lib/protocol/views.ts";

import { flag, gauge } from "./families.ts";

/** What is gathered. */
export interface AlertMeasurements {
  /** Pending and firing alerts. */
  readonly alerts: readonly AlertView[];
  /** Silences that are kept. */
  readonly silences: readonly SilenceView[];
  /** Maintenance windows of the configuration. */
  readonly maintenance: readonly MaintenanceView[];
}

const STATES = ["pending", "firing"] as const;
const SEVERITIES = ["warning", "critical"] as const;
const SILENCE_STATES = ["active", "pending", "expired"] as const;

/** Returns the families. */
export function gatherAlerts(measured: AlertMeasurements): MetricFamily[] {
  const alerts = measured.alerts.toSorted((a, b) =>
    compare(a.service, b.service) || compare(a.rule, b.rule)
  );
  return [
    countAlerts(alerts),
    ...gatherStates(alerts),
    ...gatherMutes(alerts),
    ...gatherSilences(measured),
  ];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function labelsOf(
  { service, rule }: AlertView,
): { readonly service: string; readonly rule: string } {
  return { service, rule };
}

function countAlerts(alerts: readonly AlertView[]): MetricFamily {
  return gauge(
    { name: "vitals_alerts", help: "Pending and firing alerts by state and severity." },
    STATES.flatMap((state) =>
      SEVERITIES.map((severity) => {
        const matching = alerts.filter((each) =>
          each.state === state && each.severity === severity
        );
        return { labels: { state, severity }, value: matching.length };
      })
    ),
  );
}

function gatherStates(alerts: readonly AlertView[]): MetricFamily[] {
  return [
    gauge(
      {
        name: "vitals_alert",
        help: "1 for each alert that is pending or firing; none once it ends.",
      },
      alerts.map((alert) => {
        const { severity, state } = alert;
        return { labels: { ...labelsOf(alert), severity, state }, value: 1 };
      }),
    ),
    gauge(
      {
        name: "vitals_alert_since_timestamp_seconds",
        help: "When the breach behind the alert began.",
        unit: "seconds",
      },
      alerts.map((alert) => ({ labels: labelsOf(alert), value: alert.since / 1_000 })),
    ),
    gauge(
      { name: "vitals_alert_flapping", help: "Whether the alert keeps changing its state." },
      alerts.map((alert) => ({ labels: labelsOf(alert), value: flag(alert.flapping !== null) })),
    ),
  ];
}

function gatherMutes(alerts: readonly AlertView[]): MetricFamily[] {
  return [
    gauge(
      { name: "vitals_alert_acknowledged", help: "Whether somebody is on the alert." },
      alerts.map((alert) => ({
        labels: labelsOf(alert),
        value: flag(alert.acknowledged !== null),
      })),
    ),
    gauge(
      {
        name: "vitals_alert_silenced",
        help: "Whether a silence or a maintenance window mutes the alert.",
      },
      alerts.map((alert) => ({ labels: labelsOf(alert), value: flag(alert.silencedBy !== null) })),
    ),
    gauge(
      {
        name: "vitals_alert_inhibited",
        help: "Whether the alert is not told of because of a service that its own needs.",
      },
      alerts.map((alert) => ({ labels: labelsOf(alert), value: flag(alert.inhibitedBy !== null) })),
    ),
  ];
}

function gatherSilences({ silences, maintenance }: AlertMeasurements): MetricFamily[] {
  return [
    gauge(
      { name: "vitals_silences", help: "Silences by state." },
      SILENCE_STATES.map((state) => {
        return { labels: { state }, value: silences.filter((each) => each.state === state).length };
      }),
    ),
    gauge(
      { name: "vitals_maintenance_active", help: "Whether the maintenance window holds now." },
      maintenance.map(({ name, active }) => ({ labels: { window: name }, value: flag(active) })),
    ),
  ];
}
