/**
 * Incidents as the notifier follows them: what fired in each, and how that ended.
 *
 * @module
 */

import type { FlappingRule, IncidentAlert } from "@/lib/domain/decide_notification.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import { matchesAlert } from "@/lib/domain/matcher.ts";
import type { HoldReason } from "@/lib/domain/notification.ts";
import type { Severity } from "@/lib/domain/rule.ts";
import type { FlappingFacts } from "@/lib/ports/incident_source.ts";
import type { ReceiverConfig } from "@/lib/ports/monitor_config.ts";
import type { StoredIncident } from "@/lib/protocol/stored_notification.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

/** One incident: the time during which anything of a service fires or flaps. */
export interface Incident {
  /** Unique among all incidents, the same in a replay. */
  readonly id: string;
  /** Name of the service. */
  readonly service: string;
  /** When it began. */
  readonly since: Instant;
  /** The same instant, by a clock that nobody sets. */
  readonly steadySince: Instant;
  /** By rule: its alert as it was seen last in this incident, firing or resolved. */
  readonly alerts: ReadonlyMap<string, AlertView>;
  /** By id of a firing alert: when it was seen first, by a clock that nobody sets. */
  readonly seenAt: ReadonlyMap<string, Instant>;
}

/** An incident as it stands. */
export interface IncidentNow {
  /** The incident. */
  readonly incident: Incident;
  /** Its firing alerts, worst first. */
  readonly firing: readonly AlertView[];
  /** Rules whose alerts flap. */
  readonly flapping: readonly FlappingFacts[];
  /** Tags of the service. */
  readonly tags: readonly string[];
}

/** The present instant by both clocks. */
export interface Present {
  /** By the clock that is set. */
  readonly now: Instant;
  /** By a clock that nobody sets. */
  readonly steadyNow: Instant;
}

/** Returns the incident that begins with these alerts. */
export function openIncident(
  service: string,
  firing: readonly AlertView[],
  { now, steadyNow }: Present,
): Incident {
  const since = Math.min(now, ...firing.map((alert) => alert.firedAt ?? now));
  return {
    id: `${service}:${since.toString(36)}`,
    service,
    since,
    steadySince: steadyNow - (now - since),
    alerts: new Map(),
    seenAt: new Map(),
  };
}

/** What {@linkcode updateIncident} looks at. */
export interface IncidentNews {
  /** What fires now. */
  readonly firing: readonly AlertView[];
  /** The present instant, by a clock that nobody sets. */
  readonly steadyNow: Instant;
  /** Finds an alert, also after its end. */
  readonly find: (id: string) => AlertView | undefined;
}

/** Returns the incident with what fires now, and with what became of that which did. */
export function updateIncident(
  incident: Incident,
  { firing, steadyNow, find }: IncidentNews,
): Incident {
  const { alerts, seenAt } = incident;
  const before = [...alerts].map(([rule, alert]) => [rule, find(alert.id) ?? alert] as const);
  const now = firing.map((alert) => [alert.rule, alert] as const);
  return {
    ...incident,
    alerts: new Map([...before, ...now]),
    seenAt: new Map(firing.map(({ id }) => [id, seenAt.get(id) ?? steadyNow])),
  };
}

/**
 * Returns an incident of an earlier run.
 *
 * @param find Finds an alert, also after its end; those that are not kept any more are left out.
 */
export function recallIncident(
  { id, service, since, steadySince, alerts, seenAt }: StoredIncident,
  find: (id: string) => AlertView | undefined,
  steadyNow: Instant,
): Incident {
  // Written before the clock was set back, it would lie ahead.
  const seen = Object.entries(seenAt).map(([id, at]) => [id, Math.min(at, steadyNow)] as const);
  const views = Object.entries(alerts).flatMap(([rule, alert]) => {
    const view = find(alert);
    return view === undefined ? [] : [[rule, view] as const];
  });
  return {
    ...{ id, service, since, steadySince: Math.min(steadySince, steadyNow) },
    ...{ alerts: new Map(views), seenAt: new Map(seen) },
  };
}

/**
 * Returns what is to be written down of an incident, but for what receivers know of it.
 *
 * @param aheadMs How far the wall clock is ahead of the steady one.
 */
export function storedIncident(
  { id, service, since, steadySince, alerts, seenAt }: Incident,
  aheadMs: number,
): Omit<StoredIncident, "memories"> {
  const ids = [...alerts].map(([rule, alert]) => [rule, alert.id]);
  const seen = [...seenAt].map(([alert, at]) => [alert, at + aheadMs]);
  return {
    ...{ id, service, since, steadySince: steadySince + aheadMs },
    alerts: Object.fromEntries(ids),
    seenAt: Object.fromEntries(seen),
  };
}

/** Sorts alerts, worst first and then by the instant at which they fired. */
export function worstFirst(alerts: readonly AlertView[]): AlertView[] {
  return alerts.toSorted((a, b) =>
    severityRank(a.severity) - severityRank(b.severity) ||
    (a.firedAt ?? a.since) - (b.firedAt ?? b.since) || (a.rule < b.rule ? -1 : 1)
  );
}

/** Returns the worst severity among some alerts; `warning` for none. */
export function worstSeverity(alerts: readonly { readonly severity: Severity }[]): Severity {
  return alerts.some(({ severity }) => severity === "critical") ? "critical" : "warning";
}

/** Returns the alerts as a receiver may be told of them. */
export function alertsFor(
  { firing, tags, incident: { seenAt } }: IncidentNow,
  config: ReceiverConfig,
): readonly IncidentAlert[] {
  return firing.map((alert) => ({
    id: alert.id,
    rule: alert.rule,
    severity: alert.severity,
    firedAt: seenAt.get(alert.id) ?? alert.since,
    muted: isFor({ ...alert, tags }, config)
      ? findMute(alert) ?? findAcknowledgement(alert)
      : NO_MATCH,
  }));
}

/** Returns what flaps as a receiver may be told of it. */
export function flappingFor(
  { flapping, tags, incident: { service } }: IncidentNow,
  config: ReceiverConfig,
): readonly FlappingRule[] {
  return flapping.map((flap) => ({
    rule: flap.rule,
    severity: flap.severity,
    muted: isFor({ ...flap, service, tags }, config) ? findMute(flap) : NO_MATCH,
  }));
}

const NO_MATCH: HoldReason = { code: "no match" };

interface Addressed {
  readonly service: string;
  readonly rule: string;
  readonly tags: readonly string[];
  readonly severity: Severity;
}

function isFor(alert: Addressed, { matcher, minSeverity }: ReceiverConfig): boolean {
  return matchesAlert(matcher, alert) && severityRank(alert.severity) <= severityRank(minSeverity);
}

function findMute(
  { inhibitedBy, silencedBy }: Pick<AlertView, "inhibitedBy" | "silencedBy">,
): HoldReason | null {
  if (inhibitedBy !== null) {
    const { service: by, until } = inhibitedBy;
    return until === null ? { code: "inhibited", by } : { code: "awaiting parent", by, until };
  }
  if (silencedBy === null) return null;
  const { kind, id, author, until } = silencedBy;
  return kind === "silence"
    ? { code: "silenced", by: author, until }
    : { code: "maintenance", by: id, until };
}

/** An acknowledgement is about the alert as bad as it was then. */
function findAcknowledgement({ acknowledged, severity }: AlertView): HoldReason | null {
  if (acknowledged === null) return null;
  const isWorse = severityRank(severity) < severityRank(acknowledged.severity);
  return isWorse ? null : { code: "acknowledged", by: acknowledged.by };
}

function severityRank(severity: Severity): number {
  return severity === "critical" ? 0 : 1;
}
