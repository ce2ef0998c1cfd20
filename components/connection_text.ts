/**
 * The state of the connection in words.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { ConnectionState } from "@/lib/protocol/live_connection.ts";
import * as words from "@/texts/connection.ts";
import { formatCount, formatNumber } from "@/texts/language.ts";

/** What is said beside the state. */
export interface ConnectionFacts {
  /** Whether the connection was lost and is not back yet. */
  readonly isStale: boolean;
  readonly samplesPerSecond: number;
  /** By the clock of this machine. */
  readonly now: Instant;
}

/** Returns the state in words, such as `"Live · 4 ms · 212 samples/s"` or `"Reconnecting in 2 s"`. */
export function describeConnection(state: ConnectionState, facts: ConnectionFacts): string {
  switch (state.kind) {
    case "stopped":
    case "connecting":
      return facts.isStale ? words.reconnecting : words.connecting;
    case "waiting":
      // A whole number of seconds, and never "in 0 s". No pause is longer than 15 s, see `backoff.ts`.
      return words.reconnectingIn(
        formatCount(Math.max(1, Math.ceil((state.until - facts.now) / 1_000))),
      );
    case "open":
      return words.live(formatRoundTrip(state.roundTripMs), formatRate(facts.samplesPerSecond));
  }
}

function formatRoundTrip(roundTripMs: number | null): string | null {
  if (roundTripMs === null) return null;
  return roundTripMs < 1 ? "<1" : formatNumber(roundTripMs, 0);
}

/** Below ten one digit after the point is told, unless it is 0. */
function formatRate(perSecond: number): string {
  return formatNumber(perSecond, perSecond < 10 ? 1 : 0, 0);
}
