/**
 * The state of the live dashboard as a pure reducer: a snapshot starts it, each delta moves it on. It
 * knows nothing of sockets or of the screen. What a delta does not name keeps its identity, so that the
 * screen renders again only what changed.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { SeriesSample } from "@/lib/domain/sample.ts";

import type { DeltaMessage, SnapshotMessage } from "./live_message.ts";
import { decodeTimes } from "./times.ts";
import type { AlertView, LiveStats, MetricView, ServiceView } from "./views.ts";

/** How many samples of a series are kept: the window of the monitor. */
export const LIVE_WINDOW_SAMPLES = 60;

/** A series with its window decoded. */
export interface LiveMetric extends Omit<MetricView, "recent" | "times"> {
  /** Oldest first, at most {@linkcode LIVE_WINDOW_SAMPLES}; the same array while no sample came. */
  readonly points: readonly SeriesSample[];
}

/** A service with its windows decoded. */
export interface LiveService extends Omit<ServiceView, "metrics"> {
  /** By metric id; a metric that was never sent is left out. */
  readonly metrics: Readonly<Record<string, LiveMetric>>;
}

/** Everything the live dashboard shows. */
export interface LiveState {
  /** Number of the last message applied; what to resume from. */
  readonly seq: number;
  /** When the server made the last message applied, by its clock. */
  readonly at: Instant;
  /** Descriptors of all metrics, in the order of the screen. */
  readonly metrics: readonly Metric[];
  /** By name; the same map while no service changed. */
  readonly services: ReadonlyMap<string, LiveService>;
  /** Pending and firing alerts by id; the same map while none changed. */
  readonly alerts: ReadonlyMap<string, AlertView>;
  /** Alerts that the last delta resolved, for announcements; empty after a snapshot. */
  readonly resolved: readonly AlertView[];
  /** Numbers about Vitals itself, as of the last message. */
  readonly stats: LiveStats;
}

const NONE: readonly never[] = [];

/** Returns the state that a snapshot describes. */
export function startState(snapshot: SnapshotMessage): LiveState {
  return {
    seq: snapshot.seq,
    at: snapshot.at,
    metrics: snapshot.metrics,
    services: new Map(
      snapshot.services.map((view) => [view.name, advanceService(undefined, view)]),
    ),
    alerts: new Map(snapshot.alerts.map((alert) => [alert.id, alert])),
    resolved: NONE,
    stats: snapshot.stats,
  };
}

/**
 * Returns the state after a delta; the same object for a delta it already contains.
 *
 * @returns `undefined` if a delta before this one is missing: the caller reconnects, which brings the
 * missing deltas or a snapshot.
 */
export function applyDelta(state: LiveState, delta: DeltaMessage): LiveState | undefined {
  if (delta.seq <= state.seq) return state;
  if (delta.seq > state.seq + 1) return undefined;
  const resolved = delta.alerts.filter((alert) => alert.state === "resolved");
  return {
    seq: delta.seq,
    at: delta.at,
    metrics: state.metrics,
    services: advanceServices(state.services, delta),
    alerts: advanceAlerts(state.alerts, delta),
    resolved: resolved.length === 0 ? NONE : resolved,
    stats: delta.stats,
  };
}

function advanceServices(
  services: LiveState["services"],
  delta: DeltaMessage,
): LiveState["services"] {
  if (delta.services.length === 0 && delta.removed.length === 0) return services;
  const advanced = new Map(services);
  // Removal comes first: a service that is in both lists was removed and has begun anew.
  for (const name of delta.removed) advanced.delete(name);
  for (const view of delta.services) {
    advanced.set(view.name, advanceService(advanced.get(view.name), view));
  }
  return advanced;
}

function advanceService(before: LiveService | undefined, view: ServiceView): LiveService {
  const metrics: Record<string, LiveMetric> = {};
  for (const [id, { recent, times, ...rest }] of Object.entries(view.metrics)) {
    const points = before?.metrics[id]?.points ?? NONE;
    metrics[id] = { ...rest, points: appendPoints(points, recent, times) };
  }
  return { ...view, metrics };
}

function appendPoints(
  points: readonly SeriesSample[],
  recent: readonly number[],
  times: readonly number[],
): readonly SeriesSample[] {
  if (recent.length === 0) return points;
  const instants = decodeTimes(times);
  const added = recent.map((value, index) => ({ at: instants[index] ?? NaN, value }));
  return [...points, ...added].slice(-LIVE_WINDOW_SAMPLES);
}

function advanceAlerts(alerts: LiveState["alerts"], delta: DeltaMessage): LiveState["alerts"] {
  if (delta.alerts.length === 0 && delta.removed.length === 0) return alerts;
  const advanced = new Map(alerts);
  const removed = new Set(delta.removed);
  for (const alert of alerts.values()) if (removed.has(alert.service)) advanced.delete(alert.id);
  for (const alert of delta.alerts) {
    if (alert.state === "resolved") advanced.delete(alert.id);
    else advanced.set(alert.id, alert);
  }
  return advanced;
}
