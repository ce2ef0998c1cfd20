/**
 * When a delta is due: at once after a quiet time, otherwise when the shortest time between two is over.
 *
 * @module
 */

import type { Cancel, Clock } from "@/lib/ports/clock.ts";

/** What a {@linkcode FlushTimer} needs. */
export interface FlushTimerOptions {
  /** Measures and calls back. */
  readonly clock: Clock;
  /** Shortest time between two flushes that were asked for, in milliseconds. */
  readonly flushMs: number;
  /** Does the work, and calls {@linkcode FlushTimer.note}. */
  readonly flush: () => void;
}

/** Merges requests to flush; it holds one timer at most. */
export class FlushTimer {
  readonly #options: FlushTimerOptions;
  #cancel: Cancel | undefined;
  #flushedAtMs = -Infinity;

  /** Creates a timer that is not set. */
  constructor(options: FlushTimerOptions) {
    this.#options = options;
  }

  /** Flushes before it returns if that is due, otherwise once it is. */
  request(): void {
    if (this.#cancel !== undefined) return;
    const { clock, flushMs, flush } = this.#options;
    const waitMs = this.#flushedAtMs + flushMs - clock.monotonicMs();
    if (waitMs <= 0) flush();
    else this.#cancel = clock.after(waitMs, flush);
  }

  /** Notes that a flush happens now, whoever asked for it; one that waits is not needed any more. */
  note(): void {
    this.cancel();
    this.#flushedAtMs = this.#options.clock.monotonicMs();
  }

  /** Drops the flush that waits, if there is one. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
