/**
 * Asks history for a client: what is wrong with the disk is no fault of the request.
 *
 * @module
 */

import { HistoryError } from "@/lib/ports/history.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";

/** How long a client should wait when history cannot be read, in seconds. */
export const RETRY_AFTER_S = 5;

/**
 * Returns what history answers.
 *
 * @throws {ProblemError} 503 with `Retry-After` if history fails. What is wrong may name files, so it is the
 * `cause`, for the log, and not told.
 */
export async function askHistory<Found>(ask: () => Promise<Found>): Promise<Found> {
  try {
    return await ask();
  } catch (cause) {
    if (!(cause instanceof HistoryError)) throw cause;
    throw new ProblemError(
      503,
      `Cannot read history now: try again in ${RETRY_AFTER_S} s; the log of Vitals says what is wrong`,
      { cause, headers: { "retry-after": `${RETRY_AFTER_S}` } },
    );
  }
}
