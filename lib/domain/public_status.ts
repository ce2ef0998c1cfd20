/**
 * How services look to people outside of the team: what nobody watched is no data, and trouble at a time of
 * maintenance is maintenance.
 *
 * @module
 */

import type { Instant, TimeSpan } from "./instant.ts";
import type { Status } from "./status.ts";
import type { StatusSpan } from "./timeline.ts";

/** How a service is, or was for a time. */
export type PublicStatus = "up" | "degraded" | "down" | "maintenance" | "unknown";

/** All of them, worst first. */
export const PUBLIC_STATUSES: readonly PublicStatus[] = [
  ...["down", "degraded", "unknown", "maintenance", "up"] as const,
];

/** A span of time in which a service had one status. */
export interface PublicSpan extends TimeSpan {
  /** The status. */
  readonly status: PublicStatus;
}

const PUBLIC: Readonly<Record<StatusSpan["status"], PublicStatus>> = {
  HEALTHY: "up",
  DEGRADED: "degraded",
  DOWN: "down",
  UNKNOWN: "unknown",
  GAP: "unknown",
};

/** Returns what a status is to others, while there is maintenance or not. */
export function publicStatus(status: Status, inMaintenance: boolean): PublicStatus {
  return inMaintenance ? "maintenance" : PUBLIC[status];
}

/**
 * Returns spans without holes as others see them; neighbours never have the same status. Of a time of
 * maintenance only trouble becomes maintenance: a service that is well is up.
 *
 * @param spans Without holes, oldest first.
 * @param maintenance In any order; they may overlap.
 *
 * @example
 * ```ts
 * import { publicSpans } from "@/lib/domain/public_status.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const spans = [
 *   { from: 0, to: 10, status: "HEALTHY" as const },
 *   { from: 10, to: 30, status: "DOWN" as const },
 * ];
 * assertEquals(publicSpans(spans, [{ from: 5, to: 20 }]), [
 *   { from: 0, to: 10, status: "up" },
 *   { from: 10, to: 20, status: "maintenance" },
 *   { from: 20, to: 30, status: "down" },
 * ]);
 * ```
 */
export function publicSpans(
  spans: readonly StatusSpan[],
  maintenance: readonly TimeSpan[],
): PublicSpan[] {
  const times = joinTimes(maintenance);
  const found: PublicSpan[] = [];
  for (const span of spans) {
    const status = PUBLIC[span.status];
    const isTrouble = status === "down" || status === "degraded";
    if (!isTrouble) append(found, { from: span.from, to: span.to, status });
    else for (const part of cut(span, times)) append(found, { status, ...part });
  }
  return found;
}

function append(spans: PublicSpan[], span: PublicSpan): void {
  const before = spans.at(-1);
  if (before?.status === span.status) spans.splice(-1, 1, { ...before, to: span.to });
  else spans.push(span);
}

/** Returns the parts of a span; those in one of the times have a status of their own. */
function* cut(
  { from, to }: TimeSpan,
  times: readonly TimeSpan[],
): Generator<TimeSpan & { readonly status?: "maintenance" }> {
  let at = from;
  for (const time of times) {
    if (time.to <= at) continue;
    if (time.from >= to) break;
    if (time.from > at) yield { from: at, to: time.from };
    const end = Math.min(to, time.to);
    yield { from: Math.max(at, time.from), to: end, status: "maintenance" };
    at = end;
  }
  if (at < to) yield { from: at, to };
}

/** Returns the same times in order and without overlaps. */
function joinTimes(times: readonly TimeSpan[]): TimeSpan[] {
  const joined: { from: Instant; to: Instant }[] = [];
  for (const { from, to } of times.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
