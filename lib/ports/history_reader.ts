/**
 * The part of history that is only read.
 *
 * @module
 */

import type { History } from "./history.ts";

/** What routes need of a {@linkcode History}. */
export type HistoryReader = Pick<
  History,
  "samples" | "events" | "statuses" | "endedAlerts" | "gaps" | "transitionsOf"
>;

/** A history in which nothing ever happened. */
export const EMPTY_HISTORY_READER: HistoryReader = {
  samples: ({ from, to }) => Promise.resolve({ from, to, stepMs: 0, metrics: {}, gaps: [] }),
  events: () => Promise.resolve([]),
  statuses: () => Promise.resolve([]),
  endedAlerts: () => Promise.resolve([]),
  gaps: () => Promise.resolve([]),
  transitionsOf: () => Promise.resolve([]),
};
