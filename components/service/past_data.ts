/**
 * What the page of a service shows of the past, beside the live state.
 *
 * @module
 */

import type { TimeSpan } from "@/lib/domain/instant.ts";
import type { EventView, HistoryView, TimelineView } from "@/lib/protocol/history_views.ts";

/** The past of a service over a span of time. */
export interface PastData {
  readonly history: HistoryView;
  readonly timeline: TimelineView;
  /** The newest events, whatever the span, newest first. */
  readonly events: readonly EventView[];
  /** Whether there are older ones. */
  readonly hasOlder: boolean;
}

/** The past, or why it cannot be had. */
export type PastAnswer =
  | { readonly kind: "ready"; readonly data: PastData }
  | { readonly kind: "failed"; readonly reason: string };

/** How many events are shown at first, and how many more each time. */
export const EVENTS_STEP = 30;

/** At most so many buckets or samples of a series are asked for: an hour by ten seconds fits. */
export const POINTS = 400;

/** Events are asked for this far back, in milliseconds: two years, which is as long as they are kept. */
export const EVENTS_SPAN_MS = 730 * 86_400_000;

/** Returns what there is where nothing is known: no samples, no statuses, no events. */
export function nothingKnown({ from, to }: TimeSpan): PastData {
  return {
    history: { from, to, stepMs: 0, metrics: {}, gaps: [] },
    timeline: { from, to, spans: [], alerts: [], uptime: [] },
    events: [],
    hasOlder: false,
  };
}
