/** The dashboard. @module */

import { formatCount, type Phrase, plural } from "./language.ts";

export const verdict = "Verdict";
export const byStatus = "Services by status";

export const statusCaptions = {
  HEALTHY: "Healthy",
  DEGRADED: "Degraded",
  DOWN: "Down",
  UNKNOWN: "Unknown",
} as const;

export const services = "Services";
export const noMatch = "No service matches.";
export const tryIt = "Try it from a terminal; the card appears without a reload:";

export const search = "Search services by name or tag";
export const searchHint = "Search services  ( / )";
export const status = "Status";
export const anyStatus = "Any status";

export function allShown(count: number): string {
  return `${formatCount(count)} services`;
}

export function someShown(count: number, total: number): string {
  return `${formatCount(count)} of ${formatCount(total)}`;
}

export function quiet<Part>(emphasise: (text: string) => Part): Phrase<Part> {
  return [
    emphasise("All quiet."),
    " When a rule is breached, its alert appears here with the reason.",
  ];
}

export function more(count: number): string {
  return `And ${formatCount(count)} more`;
}

export const noValue = "no value";

/** Behind a value, for those who do not see its colour. */
export const breach = ", beyond its limit";

export function lately(least: string, greatest: string, mean: string): string {
  return `Lately ${least} to ${greatest}, mean ${mean}`;
}

export function limit(limit: string): string {
  return `, limit ${limit}`;
}

export const flapping = "flapping";

export function restarting(reason: string): string {
  return `Restarting: ${reason}`;
}

export const sources = {
  simulated: "simulated",
  push: "push",
  probe: "probe",
  scrape: "scrape",
  otlp: "otlp",
} as const;

export function restarted(count: number): string {
  return ` · restarted ${formatCount(count)}×`;
}

export function toSocket(p50: string, p99: string): string {
  return `Sample to socket: p50 ${p50} ms, p99 ${p99} ms`;
}

export function viewers(count: number): string {
  return `${formatCount(count)} live ${plural(count, "viewer", "viewers")}`;
}
