/**
 * Reads one service for the status page.
 *
 * @module
 */

import { dayCells, describeDay, firstDay, measureDays } from "@/lib/domain/day_cell.ts";
import { describeEnd, describeIncident, worstOf } from "@/lib/domain/incident_words.ts";
import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import type { MaintenanceSpan } from "@/lib/domain/maintenance.ts";
import {
  changedAt,
  endOf,
  findIncidents,
  type PublicIncident,
  type TellingAlert,
} from "@/lib/domain/public_incident.ts";
import { type PublicSpan, publicSpans, publicStatus } from "@/lib/domain/public_status.ts";
import { type StatusMark, statusSpans } from "@/lib/domain/timeline.ts";
import { DAY_MS, startOfDay } from "@/lib/domain/utc_time.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import type { ServiceOutline, StatusSource } from "@/lib/ports/status_source.ts";
import {
  INCIDENT_DAYS,
  type PublicIncidentView,
  type PublicServiceView,
  SHOWN_DAYS,
} from "@/lib/protocol/status_view.ts";

import { incidentId } from "./incident_id.ts";
import type { StatusSources } from "./read_status.ts";

/** Which service, and what is known already. */
export interface ServiceQuery {
  /** The service as it is. */
  readonly outline: ServiceOutline;
  /** What it is called. */
  readonly name: string;
  /** The present instant. */
  readonly now: Instant;
  /** Times in which no monitor was running. */
  readonly gaps: readonly TimeSpan[];
  /** Times of its maintenance. */
  readonly maintenance: readonly MaintenanceSpan[];
  /** Whether history is to be asked. */
  readonly hasPast: boolean;
}

/** What was read. */
export interface ReadService {
  /** The service. */
  readonly view: PublicServiceView;
  /** Its incidents, oldest first. */
  readonly incidents: readonly PublicIncidentView[];
  /** Whether its past could be read. */
  readonly hasPast: boolean;
}

/** Returns the service; where history cannot be read, how it is now and nothing of its past. */
export async function readService(
  sources: StatusSources,
  query: ServiceQuery,
): Promise<ReadService> {
  if (query.hasPast) {
    try {
      return await readPast(sources, query);
    } catch (error) {
      if (!(error instanceof HistoryError)) throw error;
    }
  }
  return await readPresent(sources, query);
}

async function readPast(sources: StatusSources, query: ServiceQuery): Promise<ReadService> {
  const { outline, now } = query;
  const range = { from: firstDay({ now, days: SHOWN_DAYS }), to: now };
  const spans = spansOf(await sources.history.statuses(outline.name, range), query, range);
  const cells = dayCells(spans, { now, days: SHOWN_DAYS });
  const since = startOfDay(now) - INCIDENT_DAYS * DAY_MS;
  const alerts = spans.some((span) => span.to > since && isTrouble(span))
    ? await sources.history.endedAlerts(outline.name, { from: since, to: now })
    : [];
  const incidents = findIncidents(spans, [...alerts, ...firingAlerts(sources.source, outline)])
    .filter((incident) => (endOf(incident) ?? Infinity) > since);
  return {
    view: {
      ...viewService(query),
      uptime: measureDays(cells).ratio,
      days: cells.map((cell) => ({ ...cell, words: describeDay(cell) })),
    },
    incidents: await Promise.all(incidents.map((incident) => viewIncident(incident, query))),
    hasPast: true,
  };
}

async function readPresent({ source }: StatusSources, query: ServiceQuery): Promise<ReadService> {
  const { outline, now } = query;
  const spans = spansOf([], query, { from: Math.min(outline.since, now), to: now });
  const incidents = findIncidents(spans, firingAlerts(source, outline));
  return {
    view: { ...viewService(query), uptime: null, days: [] },
    incidents: await Promise.all(incidents.map((incident) => viewIncident(incident, query))),
    hasPast: false,
  };
}

/** What is on record, and what came so lately that it is not written yet. An incident that is older than the range keeps its beginning. */
function spansOf(
  marks: readonly StatusMark[],
  { outline, now, gaps, maintenance }: ServiceQuery,
  range: TimeSpan,
): readonly PublicSpan[] {
  const last = marks.at(-1);
  const isNews = last === undefined || (last.status !== outline.status && last.at <= outline.since);
  const all = isNews ? [...marks, { at: outline.since, status: outline.status }] : marks;
  const from = Math.min(range.from, all[0]?.at ?? range.from);
  const times = maintenance.map(({ startsAt, endsAt }) => ({ from: startsAt, to: endsAt }));
  return publicSpans(statusSpans({ marks: all, gaps, until: now }, { from, to: range.to }), times);
}

function isTrouble({ status }: PublicSpan): boolean {
  return status === "down" || status === "degraded";
}

function firingAlerts(source: StatusSource, { name }: ServiceOutline): readonly TellingAlert[] {
  return source.alertsOf(name).flatMap(({ firedAt, resolvedAt, definition }) => {
    if (firedAt === null) return [];
    const metric = definition.kind === "threshold" ? definition.metric.id : null;
    return [{ metric, firedAt, resolvedAt }];
  });
}

function viewService(
  { outline, name, now, maintenance }: ServiceQuery,
): Omit<PublicServiceView, "uptime" | "days"> {
  const isIn = maintenance.some(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  return {
    ...{ service: outline.name, name },
    ...{ status: publicStatus(outline.status, isIn), since: outline.since },
  };
}

async function viewIncident(
  incident: PublicIncident,
  { outline, name }: ServiceQuery,
): Promise<PublicIncidentView> {
  return {
    id: await incidentId(outline.name, incident.from),
    ...{ service: outline.name, name, trouble: worstOf(incident) },
    ...{ from: incident.from, to: endOf(incident), changedAt: changedAt(incident) },
    ...{ words: describeIncident(incident), outcome: describeEnd(incident) },
  };
}
