/**
 * The bounds of the live hub. What happens at each is said where it is.
 *
 * @module
 */

/** Bounds of a hub; times in milliseconds. */
export interface HubLimits {
  /** Most peers at a time; a further one is closed with 1013. @default {5000} */
  readonly peers: number;
  /** Shortest time between two deltas; changes in between are merged. @default {50} */
  readonly flushMs: number;
  /** A peer with more bytes than this unsent gets no deltas until it has drained. @default {1 MiB} */
  readonly softBytes: number;
  /** A peer with more bytes than this unsent is closed with 1013. @default {8 MiB} */
  readonly hardBytes: number;
  /** How often peers that wait for a snapshot are looked at. @default {100} */
  readonly drainCheckMs: number;
  /** A peer that has not drained for so long is closed with 1013. @default {30000} */
  readonly heldMs: number;
  /** How long after the last delta one is made for new numbers alone. @default {2000} */
  readonly statsMs: number;
  /** The same after a peer came or left; those who come and go meanwhile share it. @default {250} */
  readonly statsSoonMs: number;
  /** Most deltas held for resuming; the oldest go first. @default {1024} */
  readonly heldFrames: number;
  /** Most bytes of deltas held for resuming; the oldest go first. @default {1 MiB} */
  readonly heldBytes: number;
  /** How long deltas are still made after the last peer left or the last snapshot. @default {60000} */
  readonly keepMs: number;
  /** Most messages of one peer in a span of `messageSpanMs`; more close it with 1008. @default {100} */
  readonly messages: number;
  /** The span for `messages`. @default {10000} */
  readonly messageSpanMs: number;
}

/** The bounds in force unless told otherwise. */
export const DEFAULT_HUB_LIMITS: HubLimits = {
  peers: 5_000,
  flushMs: 50,
  softBytes: 1_048_576,
  hardBytes: 8_388_608,
  drainCheckMs: 100,
  heldMs: 30_000,
  statsMs: 2_000,
  statsSoonMs: 250,
  heldFrames: 1_024,
  heldBytes: 1_048_576,
  keepMs: 60_000,
  messages: 100,
  messageSpanMs: 10_000,
};
