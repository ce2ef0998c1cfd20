/**
 * The statuses of a service as spans of time without holes: what was written down about changes, and the
 * times in which nothing could be written down.
 *
 * @module
 */

import type { Instant, TimeSpan } from "./instant.ts";
import type { Status } from "./status.ts";

/** The status of a service from an instant on. */
export interface StatusMark {
  /** When it began. */
  readonly at: Instant;
  /** The status. */
  readonly status: Status;
}

/** A span of time in which a service had one status. */
export interface StatusSpan extends TimeSpan {
  /** `GAP`: no monitor was running. `UNKNOWN`: nothing had been heard yet, or nothing is on record. */
  readonly status: Status | "GAP";
}

/** What is on record about the statuses of a service. */
export interface StatusRecord {
  /** Oldest first. Each holds until the next. */
  readonly marks: readonly StatusMark[];
  /** Times in which no monitor was running, by their beginnings, oldest first. */
  readonly gaps: readonly TimeSpan[];
  /** How far the record reaches: the status is UNKNOWN from here on. */
  readonly until: Instant;
}

/**
 * Returns the statuses over a range: spans that follow each other without holes or overlaps, neighbours never
 * of the same status. Gaps win over statuses, and the status before a gap holds again after it unless a mark
 * says otherwise; before the first mark the status is UNKNOWN. An empty range has no spans.
 *
 * @example Known from 10 on, with nobody watching from 20 to 30
 * ```ts
 * import { statusSpans } from "@/lib/domain/timeline.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const record = {
 *   marks: [{ at: 10, status: "HEALTHY" as const }],
 *   gaps: [{ from: 20, to: 30 }],
 *   until: 40,
 * };
 * assertEquals(statusSpans(record, { from: 0, to: 40 }), [
 *   { from: 0, to: 10, status: "UNKNOWN" },
 *   { from: 10, to: 20, status: "HEALTHY" },
 *   { from: 20, to: 30, status: "GAP" },
 *   { from: 30, to: 40, status: "HEALTHY" },
 * ]);
 * ```
 */
export function statusSpans(record: StatusRecord, range: TimeSpan): StatusSpan[] {
  const cuts = findCuts(record, range);
  const statusAt = statusReader(record);
  const spans: StatusSpan[] = [];
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1];
    if (to === undefined) break;
    const status = statusAt(from);
    const before = spans.at(-1);
    if (before?.status === status) spans.splice(-1, 1, { ...before, to });
    else spans.push({ from, to, status });
  }
  return spans;
}

/** Returns every instant of the range at which the status may change, its ends among them, in order. */
function findCuts({ marks, gaps, until }: StatusRecord, { from, to }: TimeSpan): Instant[] {
  if (from >= to) return [];
  const inner = [
    ...marks.map(({ at }) => at),
    ...gaps.flatMap((gap) => [gap.from, gap.to]),
    until,
  ].filter((at) => at > from && at < to);
  return [...new Set([from, ...inner, to])].sort((a, b) => a - b);
}

/** Returns a function that tells the status at an instant, asked for instants in order. */
function statusReader(record: StatusRecord): (at: Instant) => StatusSpan["status"] {
  const { marks, gaps, until } = record;
  const next = { mark: 0, gap: 0 };
  let status: Status = "UNKNOWN";
  let gapEnd = -Infinity;
  return (at) => {
    for (let mark = marks[next.mark]; mark && mark.at <= at; mark = marks[++next.mark]) {
      status = mark.status;
    }
    for (let gap = gaps[next.gap]; gap && gap.from <= at; gap = gaps[++next.gap]) {
      gapEnd = Math.max(gapEnd, gap.to);
    }
    if (at < gapEnd) return "GAP";
    return at < until ? status : "UNKNOWN";
  };
}
