/**
 * The bounds of a mailbox.
 *
 * @module
 */

/** Bounds of a mailbox; times in milliseconds. */
export interface MailboxLimits {
  /**
   * Most notifications that are not over; a further one drops what is missed least. Two are about one service.
   *
   * @default {20000}
   */
  readonly queue: number;
  /** An attempt without an answer is aborted after so long. @default {10000} */
  readonly attemptMs: number;
  /** So long after it was posted a notification that is not delivered has failed. @default {24 h} */
  readonly giveUpMs: number;
}

/** The bounds in force unless told otherwise. */
export const DEFAULT_MAILBOX_LIMITS: MailboxLimits = {
  queue: 20_000,
  attemptMs: 10_000,
  giveUpMs: 86_400_000,
};
