/**
 * Finds an alert with its life: in memory, or among those that are only on record any more.
 *
 * @module
 */

import type { AlertDesk } from "@/lib/ports/alert_desk.ts";
import type { HistoryReader } from "@/lib/ports/history_reader.ts";
import { viewEndedAlert, viewTransition } from "@/lib/protocol/alert_view.ts";
import { parseStoredTransition } from "@/lib/protocol/stored_alert.ts";
import type { AlertDetail } from "@/lib/protocol/views.ts";

import { askHistory } from "./ask_history.ts";

/** Where to look. */
export interface AlertPlaces {
  /** What is in memory. */
  readonly desk: Pick<AlertDesk, "alertDetail" | "notifications">;
  /** What is on record. */
  readonly history: Pick<HistoryReader, "transitionsOf">;
}

/**
 * Returns an alert; `undefined` if there is none of that id, or none any more.
 *
 * @throws {ProblemError} 503 if history fails.
 */
export async function findAlertDetail(
  id: string,
  { desk, history }: AlertPlaces,
): Promise<AlertDetail | undefined> {
  const known = desk.alertDetail(id);
  if (known !== undefined) return known;
  const steps = (await askHistory(() => history.transitionsOf(id))).map(parseStoredTransition);
  const last = steps.at(-1);
  // One that has not ended is in memory, or its service was taken off the configuration with its record.
  if (last === undefined || (last.change !== "resolved" && last.change !== "cancelled")) {
    return undefined;
  }
  return {
    alert: viewEndedAlert(last),
    transitions: steps.map(viewTransition),
    notifications: desk.notifications({
      ...{ receiver: null, service: null, state: null, limit: 100, before: null },
      alert: id,
    }),
  };
}
