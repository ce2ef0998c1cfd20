/**
 * Events of a service and gaps of the monitor as one list, newest first, page by page.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { EventsQuery } from "@/lib/ports/history.ts";
import type { EventView } from "@/lib/protocol/history_views.ts";

import type { EventTable } from "./event_table.ts";
import { viewGap, viewTransition } from "./event_view.ts";
import type { NumberedGap, RunTable } from "./run_table.ts";

/** Where events and gaps are. */
export interface EventSources {
  /** The events. */
  readonly events: EventTable;
  /** The gaps. */
  readonly runs: RunTable;
}

/** A place in the list. At the same instant a gap is newer than an event: it begins when all else has ended. */
interface Place {
  readonly at: Instant;
  readonly kind: "event" | "gap";
  readonly id: number;
}

/** What stands before all that there is. */
const END: Place = { at: Number.MAX_SAFE_INTEGER, kind: "gap", id: Number.MAX_SAFE_INTEGER };

/** Returns the events of a service and the gaps, newest first. */
export function findEvents(
  { events, runs }: EventSources,
  service: number,
  query: EventsQuery,
): readonly EventView[] {
  const before = placeOf({ events, runs }, query.before);
  if (before === null) return [];
  const { from, to, limit } = query;
  const place = before.kind === "event" ? before : { at: before.at + 1, id: 0 };
  const found = events.find({ service, from, to, before: place, limit })
    .map(({ id, at, transition }) => ({
      place: { at, kind: "event" as const, id },
      view: viewTransition(`e${id}`, transition),
    }));
  const gaps = runs.gaps({ from: 0, to: Number.MAX_SAFE_INTEGER })
    .filter((gap) => gap.from >= from && gap.from < to)
    .map((gap) => ({ place: placeOfGap(gap), view: viewGap(`g${gap.run}`, gap) }))
    .filter((gap) => comparePlaces(gap.place, before) < 0);
  return [...found, ...gaps]
    .sort((one, other) => comparePlaces(other.place, one.place))
    .slice(0, limit)
    .map(({ view }) => view);
}

/** Returns where an event stands; `null` if it is not kept. */
function placeOf({ events, runs }: EventSources, id: string | null): Place | null {
  if (id === null) return END;
  const [, kind, digits] = /^([eg])(\d+)$/.exec(id) ?? [];
  const number = Number(digits);
  if (kind === "g") {
    const gap = runs.gaps({ from: 0, to: Number.MAX_SAFE_INTEGER }).find(({ run }) =>
      run === number
    );
    return gap ? placeOfGap(gap) : null;
  }
  const place = kind === "e" ? events.placeOf(number) : null;
  return place && { ...place, kind: "event" };
}

function placeOfGap({ run, from }: NumberedGap): Place {
  return { at: from, kind: "gap", id: run };
}

function comparePlaces(one: Place, other: Place): number {
  if (one.at !== other.at) return one.at - other.at;
  if (one.kind !== other.kind) return one.kind === "gap" ? 1 : -1;
  return one.id - other.id;
}
