/**
 * Pauses in long work, so that all else gets its turns.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";

/** So long work goes on without a pause, in milliseconds. */
export const WORK_MS = 5;

/** Waits for a turn of the event loop if the last one is too long ago; to be called between small steps. */
export type Breathe = () => Promise<void>;

/**
 * Returns what to call between the steps of one piece of work. A history in memory answers without any turn of
 * the event loop, however much is asked.
 */
export function createBreather(clock: Pick<Clock, "monotonicMs" | "after">): Breathe {
  let last = clock.monotonicMs();
  return async () => {
    if (clock.monotonicMs() - last < WORK_MS) return;
    await new Promise<void>((resolve) => void clock.after(0, resolve));
    last = clock.monotonicMs();
  };
}
