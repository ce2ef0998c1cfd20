/**
 * Where spans of time are on a chart, in per cent of its width, and what they are called.
 *
 * @module
 */

import { formatDuration, type Instant, type TimeSpan } from "@/lib/domain/instant.ts";
import type { AlertSpanView, StatusSpanView, TimelineView } from "@/lib/protocol/history_views.ts";
import * as words from "@/texts/service_page.ts";

/** A span on a chart. */
export interface Place {
  /** From the left edge, in per cent. */
  readonly x: number;
  /** In per cent. */
  readonly width: number;
}

/** Returns where an instant is, in per cent; below 0 or above 100 if it is outside. */
export function placeInstant({ from, to }: TimeSpan, at: Instant): number {
  return round((at - from) / (to - from) * 100);
}

/** Returns where the part of a span is that lies in the span shown; `undefined` if none does. */
export function placeSpan(shown: TimeSpan, { from, to }: TimeSpan): Place | undefined {
  if (to <= shown.from || from >= shown.to) return undefined;
  const x = placeInstant(shown, Math.max(from, shown.from));
  return { x, width: round(placeInstant(shown, Math.min(to, shown.to)) - x) };
}

/**
 * Returns the spans of a timeline as the screen shows them now: cut to the span shown, and the last one as long as
 * that if the span has moved on since.
 */
export function fitSpans(
  { spans, to: known }: TimelineView,
  shown: TimeSpan,
): readonly StatusSpanView[] {
  return spans
    .map((span) => span.to >= known ? { ...span, to: Math.max(span.to, shown.to) } : span)
    .filter(({ from, to }) => to > shown.from && from < shown.to)
    .map((span) => ({
      ...span,
      from: Math.max(span.from, shown.from),
      to: Math.min(span.to, shown.to),
    }));
}

/** Returns the alerts that are shaded on the chart of a metric: its own, and those of missing heartbeats. */
export function alertsOn(
  { alerts }: Pick<TimelineView, "alerts">,
  metric: string,
): readonly AlertSpanView[] {
  return alerts.filter((alert) => alert.metric === null || alert.metric === metric);
}

/** What a status is called in a timeline. */
export const STATUS_NAMES: Readonly<Record<StatusSpanView["status"], string>> = words.spanNames;

/**
 * Returns a timeline in one sentence: how long each status held.
 *
 * @example
 * ```ts ignore
 * describeSpans([{ status: "DOWN", from: 0, to: 60_000 }]); // "down throughout"
 * ```
 */
export function describeSpans(spans: readonly StatusSpanView[]): string {
  const held = new Map<StatusSpanView["status"], number>();
  for (const { status, from, to } of spans) held.set(status, (held.get(status) ?? 0) + to - from);
  if (held.size === 0) return words.nothingKnown;
  return [...held].map(([status, ms]) =>
    held.size === 1
      ? words.throughout(STATUS_NAMES[status])
      : words.heldFor(STATUS_NAMES[status], formatDuration(ms))
  ).join(", ");
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
