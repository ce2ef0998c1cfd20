/**
 * What the live hub counts.
 *
 * @module
 */

/** Counts since the hub was created; none ever falls. */
export interface HubCounters {
  /** Deltas made. */
  frames: number;
  /** Frames handed to peers: snapshots, deltas and pongs. */
  sent: number;
  /** Bytes of those frames. */
  sentBytes: number;
  /** Snapshots handed to peers. */
  snapshots: number;
  /** Times a peer went on from where it was, with the missed deltas only. */
  resumes: number;
  /** Times a peer fell behind and was left out until it had drained. */
  lagging: number;
  /** Peers closed with 1013 because too much waited to be read, or for too long. */
  closedSlow: number;
  /** Peers turned away with 1013 because the hub was full. */
  refused: number;
  /** Messages read from peers. */
  received: number;
  /** Peers closed because of what they sent, or how much. */
  protocolErrors: number;
  /** Peers dropped because sending failed. */
  failedSends: number;
}

/** Returns counts at zero. */
export function startCounters(): HubCounters {
  return {
    frames: 0,
    sent: 0,
    sentBytes: 0,
    snapshots: 0,
    resumes: 0,
    lagging: 0,
    closedSlow: 0,
    refused: 0,
    received: 0,
    protocolErrors: 0,
    failedSends: 0,
  };
}
