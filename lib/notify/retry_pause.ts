/**
 * How long a receiver is left alone after an attempt that may work later.
 *
 * @module
 */

import { backoffMs } from "@/lib/protocol/backoff.ts";

/** The longest first pause: with full jitter it is one second in the mean. */
const FIRST_PAUSE_MS = 2_000;

/** No pause is shorter: chance alone must not make a hammer of it. */
const MIN_PAUSE_MS = 100;

/** The longest pause taken unasked. */
const MAX_PAUSE_MS = 300_000;

/** The longest pause that a receiver may ask for. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** Options for {@linkcode retryPauseMs}. */
export interface RetryPauseOptions {
  /** How many attempts in a row have failed, this one included: 1 or more. */
  readonly failures: number;
  /** How long the receiver asks to be left alone, in milliseconds; `null` if it did not say. */
  readonly retryAfterMs: number | null;
  /** Uniform in 0 to 1, 1 left out. */
  readonly random: () => number;
}

/**
 * Returns the pause in whole milliseconds: random, its bound doubling from 2 s to 5 min; but at least
 * 0.1 s, and at least what the receiver asks for, of which an hour is honoured.
 *
 * @example
 * ```ts
 * import { retryPauseMs } from "@/lib/notify/retry_pause.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const random = () => 0.5;
 * assertEquals(retryPauseMs({ failures: 1, retryAfterMs: null, random }), 1_000);
 * assertEquals(retryPauseMs({ failures: 1, retryAfterMs: 30_000, random }), 30_000);
 * ```
 */
export function retryPauseMs({ failures, retryAfterMs, random }: RetryPauseOptions): number {
  const pauseMs = backoffMs(failures - 1, {
    baseMs: FIRST_PAUSE_MS,
    maxMs: MAX_PAUSE_MS,
    random,
  });
  return Math.ceil(
    Math.max(MIN_PAUSE_MS, pauseMs, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS)),
  );
}
