/**
 * The counters of the parts of the monitor: the name and the meaning of each in `/metrics`. What a part counts
 * and is not here does not compile where it is handed over, or fails a test.
 *
 * @module
 */

/** Name without `_total`, and help. */
export interface CounterText {
  /** The name of the family, without `_total`. */
  readonly name: string;
  /** What is counted. */
  readonly help: string;
}

/** Samples. */
export const COLLECTOR_COUNTERS = {
  accepted: { name: "vitals_samples_accepted", help: "Samples accepted, late ones among them." },
  late: {
    name: "vitals_samples_late",
    help: "Accepted samples older than the newest of their service, which moved nothing.",
  },
  refused: { name: "vitals_samples_refused", help: "Samples of refused batches." },
} as const satisfies Readonly<Record<string, CounterText>>;

/** Live connections. */
export const HUB_COUNTERS = {
  frames: { name: "vitals_live_deltas", help: "Deltas made for live connections." },
  sent: { name: "vitals_live_sent_frames", help: "Frames handed to live connections." },
  sentBytes: { name: "vitals_live_sent_bytes", help: "Bytes handed to live connections." },
  snapshots: { name: "vitals_live_snapshots", help: "Snapshots handed to live connections." },
  resumes: {
    name: "vitals_live_resumes",
    help: "Times a live connection went on from where it was.",
  },
  lagging: {
    name: "vitals_live_lagging",
    help: "Times a live connection fell behind, and was left out until it had drained.",
  },
  closedSlow: {
    name: "vitals_live_closed_slow",
    help: "Live connections closed because they fell too far behind.",
  },
  refused: {
    name: "vitals_live_refused",
    help: "Live connections turned away because there were too many.",
  },
  received: { name: "vitals_live_received_messages", help: "Messages of live connections." },
  protocolErrors: {
    name: "vitals_live_protocol_errors",
    help: "Live connections closed because of what they sent, or how much.",
  },
  failedSends: {
    name: "vitals_live_failed_sends",
    help: "Live connections dropped because sending failed.",
  },
} as const satisfies Readonly<Record<string, CounterText>>;

/** What is written of the past. */
export const LEDGER_COUNTERS = {
  batches: { name: "vitals_history_written_batches", help: "Batches written to the history." },
  samples: { name: "vitals_history_written_samples", help: "Samples written to the history." },
  lostSamples: {
    name: "vitals_history_lost_samples",
    help: "Samples that were not kept, since there was no room to let them wait.",
  },
  lostTransitions: {
    name: "vitals_history_lost_transitions",
    help: "Transitions of alerts that were not kept, since there was no room to let them wait.",
  },
  failures: {
    name: "vitals_history_write_failures",
    help: "Attempts to write to the history that failed.",
  },
} as const satisfies Readonly<Record<string, CounterText>>;

/** Notifications, of each receiver. */
export const DELIVERY_COUNTERS = {
  posted: { name: "vitals_notifications_posted", help: "Notifications queued." },
  delivered: { name: "vitals_notifications_delivered", help: "Notifications delivered." },
  failed: { name: "vitals_notifications_failed", help: "Notifications given up." },
  dropped: {
    name: "vitals_notifications_dropped",
    help: "Notifications dropped, since the queue was full or a newer one replaced them.",
  },
  attempts: { name: "vitals_notification_attempts", help: "Attempts to deliver a notification." },
  retries: {
    name: "vitals_notification_retries",
    help: "Those of the attempts that were not the first.",
  },
} as const satisfies Readonly<Record<string, CounterText>>;
