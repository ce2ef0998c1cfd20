/**
 * The bounds of a mailbox.
 *
 * @module
 */

/** Bounds of a mailbox; times in milliseconds. */
export interface MailboxLimits {
  /**
   * Most notifications that are not over; a further one drops the oldest that is not in flight.
   *
   * @default {1000}
   */
  readonly queue: number;
  /** An attempt without an answer is aborted after so long. @default {10000} */
  readonly attemptMs: number;
  /** So long after it was posted a notification that is not delivered has failed. @default {24 h} */
  readonly giveUpMs: number;
}

/** The bounds in force unless told otherwise. */
export const DEFAULT_MAILBOX_LIMITS: MailboxLimits = {
  queue: 1_000,
  attemptMs: 10_000,
  giveUpMs: 86_400_000,
};
