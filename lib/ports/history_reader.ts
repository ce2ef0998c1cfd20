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
