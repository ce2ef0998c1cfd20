/**
 * How long what is known of the past is kept, and in which tiers.
 *
 * @module
 */

/** How long each tier is kept, in milliseconds. */
export interface Retention {
  /** Samples as they came. */
  readonly rawMs: number;
  /** Buckets of ten seconds. */
  readonly tenSecondsMs: number;
  /** Buckets of a minute. */
  readonly minuteMs: number;
  /** Buckets of an hour; events (status changes, alerts, gaps) are kept as long. */
  readonly hourMs: number;
}

/** A day of samples, a week by ten seconds, thirty days by the minute, two years by the hour. */
export const DEFAULT_RETENTION: Retention = {
  rawMs: 86_400_000,
  tenSecondsMs: 7 * 86_400_000,
  minuteMs: 30 * 86_400_000,
  hourMs: 730 * 86_400_000,
};
