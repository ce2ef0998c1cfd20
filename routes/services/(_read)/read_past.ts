/**
 * Reads what the page of a service shows of the past.
 *
 * @module
 */

import {
  EVENTS_SPAN_MS,
  EVENTS_STEP,
  type PastAnswer,
  POINTS,
} from "@/components/service/past_data.ts";
import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import { readTimeline, type TimelineSources } from "@/lib/history/read_timeline.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import type { HistoryReader } from "@/lib/ports/history_reader.ts";
import { noPast } from "@/texts/service_page.ts";

/** What it is read from. */
export interface PastSources extends TimelineSources {
  readonly history: HistoryReader;
}

/** What is asked for. */
export interface PastQuery {
  readonly service: string;
  readonly span: TimeSpan;
  /** The present instant: events are up to it, whatever the span. */
  readonly now: Instant;
  /** Only events older than the one with this id; `null` for the newest. */
  readonly before: string | null;
}

/** Returns the past; where the history cannot be read, why not: the page shows the present all the same. */
export async function readPast(sources: PastSources, query: PastQuery): Promise<PastAnswer> {
  const { service, span, now, before } = query;
  try {
    const [history, timeline, events] = await Promise.all([
      sources.history.samples({ service, ...span, points: POINTS }),
      readTimeline(sources, { service, now, ...span }),
      sources.history.events({
        ...{ service, from: now - EVENTS_SPAN_MS, to: now + 1 },
        ...{ limit: EVENTS_STEP + 1, before },
      }),
    ]);
    const hasOlder = events.length > EVENTS_STEP;
    const shown = events.slice(0, EVENTS_STEP);
    return { kind: "ready", data: { history, timeline, events: shown, hasOlder } };
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    return { kind: "failed", reason: noPast };
  }
}
