/**
 * Alerts as Alertmanager shows them: `gettableAlert` and `alertGroup` of its API v2
 * (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml). It knows firing alerts only:
 * what is pending has not been sent to it yet.
 *
 * @module
 */

import { explainAlert } from "@/lib/domain/explain.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import { type MatchedAlert, matchesAlert } from "@/lib/domain/matcher.ts";
import type { ReceiverRoute } from "@/lib/ports/monitor_config.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

import { fingerprintOf } from "./fingerprint.ts";
import { isoInstant } from "./iso_instant.ts";

/** Why an alert is not told of, if it is not. */
export interface AlertStatus {
  /** `suppressed` if any of the lists holds something. */
  readonly state: "active" | "suppressed";
  /** Ids of silences. */
  readonly silencedBy: readonly string[];
  /** Fingerprints of alerts, or the name of a service that has none. */
  readonly inhibitedBy: readonly string[];
  /** Names of maintenance windows. */
  readonly mutedBy: readonly string[];
}

/** An alert as Alertmanager shows it. Instants are ISO 8601. */
export interface GettableAlert {
  /** What tells it from all others: `alertname`, `service` and `severity`. */
  readonly labels: Readonly<Record<string, string>>;
  /** What else is known, in words. */
  readonly annotations: Readonly<Record<string, string>>;
  /** When it began to fire. */
  readonly startsAt: string;
  /** When it ends unless it is heard of again: always a little ahead. */
  readonly endsAt: string;
  /** When it was last looked at. */
  readonly updatedAt: string;
  /** A hash of the labels. */
  readonly fingerprint: string;
  /** Who is told of it. */
  readonly receivers: readonly { readonly name: string }[];
  /** The page that explains it. */
  readonly generatorURL: string;
  /** Whether it is told of. */
  readonly status: AlertStatus;
}

/** What is known beside the alert. */
export interface AlertSurroundings {
  /** The present instant. */
  readonly now: Instant;
  /** Where people reach Vitals, without a slash at the end. */
  readonly origin: string;
  /** Which alerts each receiver is told of. */
  readonly routes: readonly ReceiverRoute[];
  /** Returns the tags of a service. */
  readonly tagsOf: (service: string) => readonly string[];
  /** Returns an alert by its id. */
  readonly alert: (id: string) => AlertView | undefined;
}

/** Alertmanager has a receiver for every alert; this one stands where nobody is told. */
export const NOBODY = "none";

/** Alertmanager takes an alert that it does not hear of for so long as ended, in milliseconds. */
const RESOLVE_TIMEOUT_MS = 300_000;

/** Returns the labels of an alert. */
export function labelsOf(alert: AlertView): Readonly<Record<string, string>> {
  return { alertname: alert.rule, service: alert.service, severity: alert.severity };
}

/** Returns a firing alert as Alertmanager shows it. */
export function showAlert(alert: AlertView, around: AlertSurroundings): GettableAlert {
  const labels = labelsOf(alert);
  const startedAt = alert.firedAt ?? alert.since;
  return {
    labels,
    annotations: annotate(alert, around),
    startsAt: isoInstant(startedAt),
    endsAt: isoInstant(around.now + RESOLVE_TIMEOUT_MS),
    updatedAt: isoInstant(Math.max(startedAt, alert.seenAt)),
    fingerprint: fingerprintOf(labels),
    receivers: receiversOf(alert, around),
    generatorURL: `${around.origin}/alerts/${encodeURIComponent(alert.id)}`,
    status: statusOf(alert, around),
  };
}

/** Returns the names of the receivers that there are. */
export function receiverNames(
  routes: readonly ReceiverRoute[],
): readonly { readonly name: string }[] {
  const names = routes.map(({ name }) => name);
  return (names.includes(NOBODY) ? names : [...names, NOBODY]).map((name) => ({ name }));
}

function annotate(
  alert: AlertView,
  { now, tagsOf }: AlertSurroundings,
): GettableAlert["annotations"] {
  const tags = tagsOf(alert.service);
  const { acknowledged } = alert;
  return {
    // Where there is little room, amtool shows the summary and no label.
    summary: `${alert.service}: ${alert.message}`,
    description: explainAlert(alert, now),
    ...tags.length === 0 ? {} : { tags: tags.join(", ") },
    ...acknowledged === null ? {} : { acknowledged_by: acknowledged.by },
  };
}

function receiversOf(
  alert: AlertView,
  { routes, tagsOf }: AlertSurroundings,
): GettableAlert["receivers"] {
  const matched = { ...alert, tags: tagsOf(alert.service) };
  const told = routes.filter((route) => isTold(route, matched)).map(({ name }) => ({ name }));
  return told.length === 0 ? [{ name: NOBODY }] : told;
}

function isTold({ matcher, minSeverity }: ReceiverRoute, alert: MatchedAlert): boolean {
  return matchesAlert(matcher, alert) &&
    (minSeverity === "warning" || alert.severity === "critical");
}

function statusOf({ silencedBy, inhibitedBy }: AlertView, around: AlertSurroundings): AlertStatus {
  const parent = inhibitedBy?.alert === undefined || inhibitedBy.alert === null
    ? undefined
    : around.alert(inhibitedBy.alert);
  const lists = {
    silencedBy: silencedBy?.kind === "silence" ? [silencedBy.id] : [],
    inhibitedBy: inhibitedBy === null
      ? []
      : [parent === undefined ? inhibitedBy.service : fingerprintOf(labelsOf(parent))],
    mutedBy: silencedBy?.kind === "maintenance" ? [silencedBy.id] : [],
  };
  const isSuppressed = Object.values(lists).some((list) => list.length > 0);
  return { state: isSuppressed ? "suppressed" : "active", ...lists };
}
