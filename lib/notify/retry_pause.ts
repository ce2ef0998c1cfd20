/**
 * How long to wait before a notification is tried again.
 *
 * @module
 */

import { backoffMs } from "@/lib/protocol/backoff.ts";

/** The longest that a receiver may ask to be left alone, in milliseconds. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

const BOUNDS_MS = { baseMs: 2_000, maxMs: 300_000 };

/** What {@linkcode retryPauseMs} looks at. */
export interface FailedTry {
  /** How many attempts there were, at least 1. */
  readonly tries: number;
  /** How long the receiver asks to be left alone, in milliseconds; `null` if it did not say. */
  readonly retryAfterMs: number | null;
  /** Uniform in 0 to 1, 1 left out. */
  readonly random: () => number;
}

/**
 * Returns the pause in milliseconds: random up to a bound that doubles with each attempt from two seconds to
 * five minutes, so that many do not come back at once. What the receiver asks for is the least, up to
 * {@linkcode MAX_RETRY_AFTER_MS}.
 *
 * @example
 * ```ts
 * import { retryPauseMs } from "@/lib/notify/retry_pause.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const random = () => 0.5;
 * assertEquals(retryPauseMs({ tries: 3, retryAfterMs: null, random }), 4_000);
 * assertEquals(retryPauseMs({ tries: 3, retryAfterMs: 60_000, random }), 60_000);
 * ```
 */
export function retryPauseMs({ tries, retryAfterMs, random }: FailedTry): number {
  const askedMs = Math.min(MAX_RETRY_AFTER_MS, Math.max(0, retryAfterMs ?? 0));
  return Math.max(askedMs, backoffMs(tries - 1, { ...BOUNDS_MS, random }));
}
