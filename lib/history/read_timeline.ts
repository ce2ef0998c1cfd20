/**
 * Puts together the timeline of a service: what history keeps, and the alerts that fire now.
 *
 * @module
 */

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import { statusSpans } from "@/lib/domain/timeline.ts";
import { measureUptime } from "@/lib/domain/uptime.ts";
import type { HistoryReader } from "@/lib/ports/history_reader.ts";
import type { MonitorState } from "@/lib/ports/monitor.ts";
import { MAX_LISTED } from "@/lib/protocol/alert_query.ts";
import type {
  AlertSpanView,
  StatusSpanView,
  TimelineView,
  UptimeView,
} from "@/lib/protocol/history_views.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

const DAY_MS = 86_400_000;

/** Over how long before now uptime is told, in milliseconds, shortest first. */
const UPTIME_SPANS_MS: readonly number[] = [DAY_MS, 7 * DAY_MS, 30 * DAY_MS];

/** What a timeline is read from. */
export interface TimelineSources {
  /** What is over. */
  readonly history: Pick<HistoryReader, "statuses" | "gaps" | "endedAlerts">;
  /** What is now. */
  readonly monitor: Pick<MonitorState, "alerts">;
}

/** Which timeline is asked for. */
export interface TimelineQuery extends TimeSpan {
  /** Name of the service. */
  readonly service: string;
  /** The present instant: what comes after it is UNKNOWN. */
  readonly now: Instant;
}

/**
 * Returns the timeline of a service.
 *
 * @throws {HistoryError} If history fails.
 */
export async function readTimeline(
  sources: TimelineSources,
  query: TimelineQuery,
): Promise<TimelineView> {
  const { from, to } = query;
  // Read first: an alert that ends meanwhile is found twice rather than never.
  const firing = firingAlerts(sources.monitor, query);
  const [spans, uptime, ended] = await Promise.all([
    readSpans(sources, query),
    readUptime(sources, query),
    sources.history.endedAlerts(query.service, { from, to }),
  ]);
  return { from, to, spans, alerts: joinAlerts(ended, firing), uptime };
}

async function readSpans(
  { history }: TimelineSources,
  { service, now, from, to }: TimelineQuery,
): Promise<StatusSpanView[]> {
  const range = { from, to };
  const [marks, gaps] = await Promise.all([history.statuses(service, range), history.gaps(range)]);
  return statusSpans({ marks, gaps, until: now }, range);
}

/** Reads the longest span once; the shorter ones are its ends. */
async function readUptime(
  { history }: TimelineSources,
  { service, now }: TimelineQuery,
): Promise<UptimeView[]> {
  const longest = { from: now - Math.max(...UPTIME_SPANS_MS), to: now };
  const [marks, gaps] = await Promise.all([
    history.statuses(service, longest),
    history.gaps(longest),
  ]);
  const record = { marks, gaps, until: now };
  return UPTIME_SPANS_MS.map((spanMs) => {
    return measureUptime(statusSpans(record, { from: now - spanMs, to: now }));
  });
}

function firingAlerts(monitor: TimelineSources["monitor"], query: TimelineQuery): AlertSpanView[] {
  return monitor
    .alerts({
      ...{ state: "active", service: query.service, severity: null, after: null },
      limit: MAX_LISTED,
    })
    .flatMap(toSpan)
    .filter(({ firedAt }) => firedAt < query.to);
}

function toSpan({ firedAt, state, definition, ...alert }: AlertView): AlertSpanView[] {
  if (state !== "firing" || firedAt === null) return [];
  const { id, rule, severity, resolvedAt, message } = alert;
  const metric = definition.kind === "threshold" ? definition.metric.id : null;
  return [{ id, rule, metric, severity, firedAt, resolvedAt, message }];
}

function joinAlerts(
  ended: readonly AlertSpanView[],
  firing: readonly AlertSpanView[],
): AlertSpanView[] {
  const endedIds = new Set(ended.map(({ id }) => id));
  return [...ended, ...firing.filter(({ id }) => !endedIds.has(id))]
    .sort((a, b) => a.firedAt - b.firedAt);
}
