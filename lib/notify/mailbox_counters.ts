/**
 * What a mailbox counts.
 *
 * @module
 */

/**
 * Counts since the mailbox was created; none ever falls. `posted` is the sum of `delivered`, `failed`,
 * `dropped` and those that are not over.
 */
export interface MailboxCounters {
  /** Notifications posted. */
  posted: number;
  /** Notifications delivered. */
  delivered: number;
  /** Notifications that were refused for good, or given up. */
  failed: number;
  /** Notifications replaced by newer ones, or dropped because the queue was full. */
  dropped: number;
  /** Attempts begun. */
  attempts: number;
  /** Those of them that were not the first of their notification. */
  retries: number;
}

/** Returns counts at zero. */
export function startMailboxCounters(): MailboxCounters {
  return { posted: 0, delivered: 0, failed: 0, dropped: 0, attempts: 0, retries: 0 };
}
