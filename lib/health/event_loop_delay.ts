/**
 * How long the event loop keeps callers waiting.
 *
 * @module
 */

import type { Cancel, Clock } from "@/lib/ports/clock.ts";

const PERIOD_MS = 500;

/** How many measurements are looked back at: ten seconds. */
const KEPT = 20;

/** Sets a timer twice a second and notes how late it comes: that is how late everything else is too. */
export class EventLoopDelay {
  readonly #clock: Clock;
  readonly #delaysMs: number[] = [];
  #cancel: Cancel | undefined;

  /** Does not measure before `start`. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The longest delay of the last ten seconds, in milliseconds; 0 before the first measurement. */
  get worstMs(): number {
    return Math.max(0, ...this.#delaysMs);
  }

  /** Begins to measure; a second call does nothing. */
  start(): void {
    this.#cancel ??= this.#measure();
  }

  /** Ends; a second call does nothing. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #measure(): Cancel {
    const expectedMs = this.#clock.monotonicMs() + PERIOD_MS;
    return this.#clock.after(PERIOD_MS, () => {
      this.#delaysMs.push(Math.max(0, this.#clock.monotonicMs() - expectedMs));
      if (this.#delaysMs.length > KEPT) this.#delaysMs.shift();
      this.#cancel = this.#measure();
    });
  }
}
