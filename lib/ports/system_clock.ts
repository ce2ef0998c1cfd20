/**
 * The real clock. It is the one adapter that stands among the ports: the server and the islands both need
 * it, it uses only what every JavaScript runtime has, and so neither side has to import from the other.
 *
 * @module
 */

import type { Cancel, Clock } from "./clock.ts";

/** The longest delay that `setTimeout` keeps; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Real time: `Date.now`, `performance.now` and `setTimeout`. It holds no state. Scheduled calls keep a
 * process alive until they run or are cancelled.
 */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: callAfter,
};

function callAfter(delayMs: number, run: () => void): Cancel {
  const step = Math.min(Math.max(0, delayMs), MAX_TIMEOUT_MS);
  let cancelRest: Cancel | undefined;
  const timer = setTimeout(() => {
    if (step === MAX_TIMEOUT_MS) cancelRest = callAfter(delayMs - step, run);
    else run();
  }, step);
  return () => {
    clearTimeout(timer);
    cancelRest?.();
  };
}
