/** The page of a service: its head, windows, charts, and events. @module */

import { formatCount, type Phrase } from "./language.ts";

export const dashboard = "Dashboard";

export function standing<Part>(age: Part, since: Part): Phrase<Part> {
  return ["for ", age, ", since ", since];
}

/** A run of a job may have no name. */
export function runUnderWay<Part>(id: string, age: Part): Phrase<Part> {
  return [`run ${id} under way for `, age];
}

/** Names of services, with commas between them already. */
export function dependsOn<Part>(services: Part): Phrase<Part> {
  return ["depends on ", services];
}

export function failingFor<Part>(what: string, age: Part): Phrase<Part> {
  return [`${what} (for `, age, ")"];
}

export const uptime = "Uptime";
export const pushed = "pushed";
export const simulated = "simulated";

export const sourceKinds = {
  probe: "probe",
  scrape: "scrape",
  otlp: "otlp",
  heartbeat: "heartbeat",
} as const;

export function sourceAbout(kind: string, about: string): string {
  return `${kind}: ${about}`;
}

export function workerRestarted(count: number, reason: string): string {
  return `simulated, worker restarted ${formatCount(count)}×: ${reason}`;
}

export function workerRestarting(reason: string): string {
  return `simulated, worker restarting: ${reason}`;
}

export const stopped = "it stopped";

/** Behind the share. */
export function upIn(span: string): string {
  return `up, ${span}`;
}

export function nothingOnRecord(span: string): string {
  return `Nothing is on record of the last ${span}`;
}

export function allOnRecord(span: string): string {
  return `Of the last ${span} all of it is on record; up is all that was not DOWN`;
}

export function partOnRecord(span: string, known: string): string {
  return `Of the last ${span} ${known} of it is on record; up is all that was not DOWN`;
}

export function knownPart(known: string): string {
  return `of ${known} known`;
}

export const statusTitle = (status: string, service: string): string =>
  `${status}: ${service} · Vitals`;
export const healthyTitle = (service: string): string => `${service} · Vitals`;

export function gone<Part>(service: string, emphasise: (text: string) => Part): Phrase<Part> {
  return [emphasise(`${service} is no longer watched.`), " What is shown is how it was."];
}

export const tryAgain = "Try again";
export const charts = "Charts";
export const heartbeatsAlone = "This service sends heartbeats alone.";
export const nothingHeard = "Nothing was heard of this service yet.";
export const onceItSends =
  "Once it sends a metric, such as CPU or latency, a chart of it stands here.";

export const window = "Window";
export const stale = "stale";
export const live = "live";
export const dragHint = "· drag over a chart to zoom in";
export const backToNow = "Back to now";
export const zoomIn = "Zoom in";
export const zoomOut = "Zoom out";

export const status = "Status";

export const spanNames = {
  HEALTHY: "healthy",
  DEGRADED: "degraded",
  DOWN: "down",
  UNKNOWN: "not known",
  GAP: "monitor not running",
} as const;

export const nothingKnown = "nothing on record";
export const throughout = (status: string): string => `${status} throughout`;
export const heldFor = (status: string, span: string): string => `${status} ${span}`;
export const statusInWindow = (words: string): string => `Status in this window: ${words}`;

export function spanTitle(
  status: string,
  { held, from, to }: { readonly held: string; readonly from: string; readonly to: string },
): string {
  return `${status} for ${held}, ${from} to ${to}`;
}

export const statusTable = "Status as a table";
export const statusCaption = "Status in this window";

export function statusCaptionCut(left: number): string {
  return `Status in this window; ${formatCount(left)} older spans are left out`;
}

export const from = "From";
export const to = "To";
export const lasted = "Lasted";

export const asTable = (metric: string): string => `${metric} as a table`;
export const inWindow = (metric: string): string => `${metric} in this window`;
export const mean = "Mean";
export const least = "Least";
export const greatest = "Greatest";
export const samples = "Samples";
export const noSamplesInWindow = "No samples in this window.";

export function lastSample<Part>(time: Part): Phrase<Part> {
  return [" The last one is of ", time, "."];
}

export const noSamples = "no samples";
export const noSamplesAt = (time: string): string => `${time} · no samples`;
export const range = (least: string, greatest: string): string => `${least} to ${greatest}`;
export const meanWord = "mean";

export const chart = (metric: string): string => `${metric}; the numbers are in the table below`;
export const overTime = (metric: string): string => `${metric} over time`;
export const keysHint = "arrow keys move through time, plus and minus zoom";

export const limit = (limit: string): string => `limit ${limit}`;
export const critical = (limit: string): string => `critical ${limit}`;
export const notRunning = "monitor was not running";

export const severities = { warning: "warning", critical: "critical" } as const;

export function shade(rule: string, severity: string, message: string): string {
  return `${rule}, ${severity}: ${message}`;
}

export const events = "Events";
export const newestFirst = "newest first";
export const noEvents =
  "Nothing is on record. Changes of status, alerts, and times in which the monitor did not run stand here.";
export const loadOlder = "Load older";
export const why = "why";

/** Behind the time of an event, for those who hear it. */
export const showInCharts = (event: string): string => `: show ${event} in the charts`;

export const changes = {
  pending: "pending",
  firing: "fired",
  escalated: "became critical",
  eased: "is a warning again",
  resolved: "resolved",
  cancelled: "cancelled before it fired",
  acknowledged: "acknowledged",
  unacknowledged: "no longer acknowledged",
} as const;

/** Behind the link to why. */
export const changeNames = {
  pending: "pending",
  firing: "firing",
  escalated: "escalated",
  eased: "eased",
  resolved: "resolved",
  cancelled: "cancelled",
  acknowledged: "acknowledged",
  unacknowledged: "unacknowledged",
} as const;

export const fired = (severity: string): string => `fired, ${severity}`;
export const isFlapping = "is flapping";
export const isSteady = "is steady again";
export const whyFlapping = "it keeps changing, so it is told of once";
export const monitor = "Monitor";
export const notRunningFor = (span: string): string => `was not running for ${span}`;
export const whyGap = "nothing is known";
export const notHeardSinceStart = "not heard of since the monitor began again";
export const wasStatus = (status: string): string => `was ${status}`;
export const noHeartbeatCame = "no heartbeat came";
export const heartbeatCame = "a heartbeat came";

export const samplesNotLoaded = (why: string): string => `Cannot load the samples: ${why}`;
export const timelineNotLoaded = (why: string): string => `Cannot load the timeline: ${why}`;
export const eventsNotLoaded = (why: string): string => `Cannot load the events: ${why}`;
export const olderNotLoaded = (why: string): string => `Cannot load older events: ${why}`;
export const otherVersion = "the answer is of another version; reload the page";
export const noPast = "Cannot read the past of this service: the history is not there";
