/**
 * How many notifications may begin in how long.
 *
 * @module
 */

/** At most `count` in any `spanMs` milliseconds. */
export interface SendRateLimit {
  /** At least 1. */
  readonly count: number;
  /** In milliseconds. */
  readonly spanMs: number;
}

/** Remembers the latest `count` beginnings. Instants are monotonic milliseconds. */
export class SendRate {
  readonly #limit: SendRateLimit;
  readonly #begunAtMs: number[] = [];

  /** Begins with nothing sent. */
  constructor(limit: SendRateLimit) {
    this.#limit = limit;
  }

  /** Returns how long the next one has to wait; 0 for not at all. */
  waitMs(nowMs: number): number {
    const { count, spanMs } = this.#limit;
    const [first] = this.#begunAtMs;
    if (this.#begunAtMs.length < count || first === undefined) return 0;
    return Math.max(0, first + spanMs - nowMs);
  }

  /** Counts one that begins now. */
  note(nowMs: number): void {
    this.#begunAtMs.push(nowMs);
    if (this.#begunAtMs.length > this.#limit.count) this.#begunAtMs.shift();
  }
}
