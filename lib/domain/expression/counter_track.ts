/**
 * How one counter grew, with its resets taken out.
 *
 * @module
 */

import type { Instant } from "../instant.ts";

/** How much a counter grew over a span. */
export interface Increase {
  /** By how much; never negative. */
  readonly by: number;
  /** How long it took, in milliseconds; above zero. */
  readonly spanMs: number;
}

/** How many places of a span are remembered beside the two latest. */
const PLACES = 30;

interface Place {
  readonly at: Instant;
  /** Growth since the first place. */
  readonly total: number;
}

/**
 * Follows one counter. It keeps about {@linkcode PLACES} places of the longest span that is asked for; a
 * counter that falls began again from zero, as in Prometheus.
 */
export class CounterTrack {
  readonly #rangeMs: number;
  #value: number;
  readonly #places: Place[];

  /** Begins with the first value; nothing grew yet. */
  constructor(first: { readonly at: Instant; readonly value: number }, rangeMs: number) {
    this.#rangeMs = rangeMs;
    this.#value = first.value;
    this.#places = [{ at: first.at, total: 0 }];
  }

  /** When the latest value was taken. */
  get at(): Instant {
    return this.#places.at(-1)?.at ?? -Infinity;
  }

  /** Takes the next value, which is later than all before. */
  push(at: Instant, value: number): void {
    const grown = value >= this.#value ? value - this.#value : Math.max(0, value);
    const total = (this.#places.at(-1)?.total ?? 0) + grown;
    this.#value = value;
    this.#places.push({ at, total });
    this.#thin();
  }

  /** Returns the growth up to now; `null` if there is one value only. A span of `null` is the last step. */
  increase(rangeMs: number | null): Increase | null {
    const latest = this.#places.at(-1);
    const from = this.#placeBefore(rangeMs ?? 0);
    if (latest === undefined || from === undefined) return null;
    return { by: latest.total - from.total, spanMs: latest.at - from.at };
  }

  /** The first place within the span; if there is none but the latest, the one before. */
  #placeBefore(rangeMs: number): Place | undefined {
    const earlier = this.#places.slice(0, -1);
    return earlier.find(({ at }) => at >= this.at - rangeMs) ?? earlier.at(-1);
  }

  /** What is before the span goes, and what is close to the place before it, but never the two latest. */
  #thin(): void {
    while (this.#places.length > 2 && (this.#places[0]?.at ?? 0) < this.at - this.#rangeMs) {
      this.#places.shift();
    }
    const [before, middle] = this.#places.slice(-4);
    if (this.#places.length < 4 || before === undefined || middle === undefined) return;
    if (middle.at - before.at < this.#rangeMs / PLACES) this.#places.splice(-3, 1);
  }
}
