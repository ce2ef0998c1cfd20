/**
 * The port to time. Everything outside the adapters asks a {@linkcode Clock}, so that tests hold time in
 * their hands.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

/** Undoes a scheduled call; calling it again does nothing. */
export type Cancel = () => void;

/** Tells time and calls back later. */
export interface Clock {
  /** The wall clock, in epoch milliseconds. It may step when the machine's clock is set. */
  now(): Instant;
  /** Milliseconds since an arbitrary start, with fractions; it never goes back. For measuring. */
  monotonicMs(): number;
  /** Calls `run` once, `delayMs` from now (at once, but not before returning, when it is 0 or less). */
  after(delayMs: number, run: () => void): Cancel;
}

/**
 * Resolves after a pause.
 *
 * @throws {unknown} The signal's reason, if it is aborted first.
 */
export function sleep(
  clock: Clock,
  durationMs: number,
  options: { readonly signal: AbortSignal },
): Promise<void> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const cancel = clock.after(durationMs, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    function onAbort(): void {
      cancel();
      reject(signal.reason);
    }
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
