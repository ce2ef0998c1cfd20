/**
 * How long to wait before another attempt: exponential backoff with full jitter, after M. Brooker,
 * "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015). The whole pause is random, so that
 * clients that lost one server together do not come back together.
 *
 * @module
 */

/** Bounds of a pause, in milliseconds. */
export interface BackoffOptions {
  /** The longest first pause; each further attempt doubles it. @default {250} */
  readonly baseMs?: number;
  /** No pause is longer. @default {15000} */
  readonly maxMs?: number;
  /** Uniform in 0 to 1, 1 left out. */
  readonly random: () => number;
}

/**
 * Returns a pause in milliseconds, uniform between 0 and the bound of this attempt.
 *
 * @param attempt How many attempts failed before; 0 for the first.
 *
 * @example The bound doubles up to 15 s
 * ```ts
 * import { backoffMs } from "@/lib/protocol/backoff.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(backoffMs(0, { random: () => 0.5 }), 125);
 * assertEquals(backoffMs(2, { random: () => 0.5 }), 500);
 * assertEquals(backoffMs(99, { random: () => 0.5 }), 7_500);
 * ```
 */
export function backoffMs(attempt: number, options: BackoffOptions): number {
  const { baseMs = 250, maxMs = 15_000, random } = options;
  return random() * Math.min(maxMs, baseMs * 2 ** attempt);
}
