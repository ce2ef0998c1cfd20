/**
 * When the numbers that each message carries are looked at again, although no sample came.
 *
 * @module
 */

import type { Cancel, Clock } from "@/lib/ports/clock.ts";

/** What a {@linkcode StatsTimer} needs. */
export interface StatsTimerOptions {
  /** Measures and calls back. */
  readonly clock: Clock;
  /** Looks at the numbers; it sets the timer again if that is wanted. */
  readonly look: () => void;
}

/** Holds one timer at most. Delays are in milliseconds. */
export class StatsTimer {
  readonly #options: StatsTimerOptions;
  #cancel: Cancel | undefined;
  #dueAtMs = Infinity;

  /** Creates a timer that is not set. */
  constructor(options: StatsTimerOptions) {
    this.#options = options;
  }

  /** Looks after `delayMs`, or earlier if that was agreed before: requests are merged. */
  lookWithin(delayMs: number): void {
    if (this.#options.clock.monotonicMs() + delayMs < this.#dueAtMs) this.postpone(delayMs);
  }

  /** Looks after `delayMs` and not before, whatever was agreed: everyone has just been told. */
  postpone(delayMs: number): void {
    const { clock } = this.#options;
    this.cancel();
    this.#dueAtMs = clock.monotonicMs() + delayMs;
    this.#cancel = clock.after(delayMs, () => this.#run());
  }

  /** Looks no more, until it is asked for again. */
  cancel(): void {
    this.#cancel?.();
    this.#forget();
  }

  #run(): void {
    this.#forget();
    this.#options.look();
  }

  #forget(): void {
    this.#cancel = undefined;
    this.#dueAtMs = Infinity;
  }
}
