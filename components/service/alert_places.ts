/**
 * Where alerts are on a chart, and in which row the names of their rules stand.
 *
 * @module
 */

import type { TimeSpan } from "@/lib/domain/instant.ts";
import type { AlertSpanView } from "@/lib/protocol/history_views.ts";

import { type Place, placeSpan } from "./time_place.ts";

/** An alert on a chart. */
export interface AlertPlace extends Place {
  readonly alert: AlertSpanView;
  /** The row of its name, counted from below; `null` where there is no room for it. */
  readonly row: number | null;
}

/** Narrower than this, in per cent, there is no room for the name of a rule. */
const ROOM_FOR_RULE = 12;

/** What a letter needs on the narrowest chart with names, in per cent. */
const LETTER = 1.3;

/** More rows would hide the line. */
const MOST_ROWS = 4;

/** Returns the alerts that can be seen, oldest first. No name covers another one. */
export function placeAlerts(
  alerts: readonly AlertSpanView[],
  shown: TimeSpan,
): readonly AlertPlace[] {
  const ends: number[] = [];
  return alerts.toSorted((a, b) => a.firedAt - b.firedAt).flatMap((alert) => {
    const { firedAt, resolvedAt, rule } = alert;
    const to = resolvedAt ?? Math.max(shown.to, firedAt + 1);
    const place = placeSpan(shown, { from: firedAt, to });
    if (place === undefined) return [];
    const isRoomy = place.width >= ROOM_FOR_RULE;
    const row = isRoomy ? takeRow(ends, place.x, rule.length * LETTER) : null;
    return [{ ...place, alert, row }];
  });
}

/** Takes the lowest row that is free from `x` on; `ends` says where the name in each row ends. */
function takeRow(ends: number[], x: number, width: number): number | null {
  const found = ends.findIndex((end) => end <= x);
  const row = found === -1 ? ends.length : found;
  if (row >= MOST_ROWS) return null;
  ends[row] = x + width;
  return row;
}
