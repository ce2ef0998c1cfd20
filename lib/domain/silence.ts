/**
 * Silences: a person mutes matching alerts for a time. Muted alerts are watched and shown like all others;
 * only telling of them waits.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
import type { Matcher } from "./matcher.ts";

/** One silence. */
export interface Silence {
  /** Unique among all silences. */
  readonly id: string;
  /** Which alerts it mutes. */
  readonly matcher: Matcher;
  /** From when on. */
  readonly startsAt: Instant;
  /** Until when; it does not hold at this instant any more. */
  readonly endsAt: Instant;
  /** When it was made. */
  readonly createdAt: Instant;
  /** Who made it. */
  readonly author: string;
  /** Why. */
  readonly reason: string;
}

/** Where a silence stands in time. */
export type SilenceState = "pending" | "active" | "expired";

/**
 * Returns whether a silence is yet to begin, holds, or is over.
 *
 * @example
 * ```ts
 * import { silenceState } from "@/lib/domain/silence.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const span = { startsAt: 10, endsAt: 20 };
 * assertEquals([9, 10, 19, 20].map((now) => silenceState(span, now)), [
 *   "pending",
 *   "active",
 *   "active",
 *   "expired",
 * ]);
 * ```
 */
export function silenceState(
  { startsAt, endsAt }: Pick<Silence, "startsAt" | "endsAt">,
  now: Instant,
): SilenceState {
  if (now >= endsAt) return "expired";
  return now < startsAt ? "pending" : "active";
}
