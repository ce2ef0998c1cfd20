/**
 * Reading a history without keeping those who write to it waiting: one question is asked at a time.
 *
 * @module
 */

import { HistoryError } from "@/lib/ports/history.ts";
import type { HistoryReader } from "@/lib/ports/history_reader.ts";

/** How many questions may wait for their turn; a page asks about ten. */
export const MAX_WAITING_QUESTIONS = 256;

/**
 * Returns a reader that asks one question after the other: all calls of a history are answered in their order,
 * so what is written while many questions wait would wait for all of them. A question beyond the bound is
 * rejected as `busy`.
 */
export function paceReader(history: HistoryReader): HistoryReader {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    if (waiting >= MAX_WAITING_QUESTIONS) throw new HistoryError("busy", BUSY);
    waiting++;
    const turn = last.then(question).finally(() => waiting--);
    last = turn.catch(() => {});
    return await turn;
  }
  return {
    samples: (query) => ask(() => history.samples(query)),
    events: (query) => ask(() => history.events(query)),
    statuses: (service, range) => ask(() => history.statuses(service, range)),
    endedAlerts: (service, range) => ask(() => history.endedAlerts(service, range)),
    gaps: (range) => ask(() => history.gaps(range)),
    transitionsOf: (alert) => ask(() => history.transitionsOf(alert)),
  };
}

const BUSY = "Cannot read the history: too many questions wait; ask again in a moment";
