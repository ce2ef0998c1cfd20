/**
 * Counts how often something happened lately.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

const SPAN_S = 10;

/** Events per second over the last ten full seconds. Constant memory and time. */
export class RateMeter {
  readonly #counts = new Float64Array(SPAN_S + 1);
  /** The second that the newest slot counts; slot of second `s` is `s % (SPAN_S + 1)`. */
  #second: number;
  readonly #startedAt: Instant;

  /** Begins to count at `now`. */
  constructor(now: Instant) {
    this.#startedAt = now;
    this.#second = Math.floor(now / 1_000);
  }

  /** Counts `count` events at `now`. */
  add(count: number, now: Instant): void {
    this.#advance(now);
    this.#counts[this.#slot(this.#second)] = this.#current + count;
  }

  /** Returns events per second, with one digit. The running second is left out unless it is all there is. */
  perSecond(now: Instant): number {
    this.#advance(now);
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    const fullSeconds = Math.min(SPAN_S, Math.floor((now - this.#startedAt) / 1_000));
    if (fullSeconds < 1) return total;
    return Math.round((total - this.#current) / fullSeconds * 10) / 10;
  }

  get #current(): number {
    return this.#counts[this.#slot(this.#second)] ?? 0;
  }

  #advance(now: Instant): void {
    const second = Math.floor(now / 1_000);
    if (second < this.#second) return;
    for (let next = Math.max(this.#second + 1, second - SPAN_S); next <= second; next++) {
      this.#counts[this.#slot(next)] = 0;
    }
    this.#second = second;
  }

  #slot(second: number): number {
    return second % (SPAN_S + 1);
  }
}
