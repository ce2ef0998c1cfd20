/**
 * How many notifications may begin in a span of time.
 *
 * @module
 */

/** At most `count` in any `spanMs` milliseconds. */
export interface Rate {
  /** At least 1. */
  readonly count: number;
  /** The span; an act at its very end does not belong to it any more. */
  readonly spanMs: number;
}

/** Remembers the latest acts, as many as the rate allows. */
export class RateWindow {
  readonly #rate: Rate;
  readonly #begun: number[] = [];

  /** Begins with no act. */
  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** From when on another act may begin, in the same time as was noted. */
  get freeAtMs(): number {
    const { count, spanMs } = this.#rate;
    const [oldest] = this.#begun;
    return oldest === undefined || this.#begun.length < count ? -Infinity : oldest + spanMs;
  }

  /** Notes that an act begins. `nowMs` is `Clock.monotonicMs()`. */
  note(nowMs: number): void {
    this.#begun.push(nowMs);
    if (this.#begun.length > this.#rate.count) this.#begun.shift();
  }
}
