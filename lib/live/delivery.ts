/**
 * Whether a peer gets the next frame. A slow peer must neither fill our memory nor hold up the others.
 *
 * @module
 */

import type { HubLimits } from "./hub_limits.ts";

/** What to do with a peer. */
export type Delivery =
  /** Send it the next delta. */
  | "deliver"
  /** Leave it out: it is behind. */
  | "hold"
  /** It was left out and has drained: send it a snapshot. */
  | "recover"
  /** It is too far behind: close it. */
  | "close";

/** How a peer stands. */
export interface Backlog {
  /** Bytes handed over and not gone yet. */
  readonly bufferedBytes: number;
  /**
   * Bytes of a snapshot among them. A snapshot may be larger than any bound; if it counted, its peer would
   * be left out as soon as it got one, and then get another for ever.
   */
  readonly excusedBytes: number;
  /** Whether it needs a snapshot before it can take deltas. */
  readonly needsSnapshot: boolean;
}

/** Decides what a peer gets. Drained means half of the soft bound, so that it does not fall back at once. */
export function decideDelivery(
  backlog: Backlog,
  limits: Pick<HubLimits, "softBytes" | "hardBytes">,
): Delivery {
  const { bufferedBytes, excusedBytes, needsSnapshot } = backlog;
  const behindBytes = bufferedBytes - excusedBytes;
  if (behindBytes > limits.hardBytes) return "close";
  if (needsSnapshot) return bufferedBytes <= limits.softBytes / 2 ? "recover" : "hold";
  return behindBytes > limits.softBytes ? "hold" : "deliver";
}
