/**
 * A window over a series: the last N samples with their mean, minimum and maximum at hand.
 *
 * @module
 */

import type { SeriesSample } from "./sample.ts";

/** How many samples a window holds unless told otherwise; no rule may look further back. */
export const WINDOW_SIZE = 60;

/**
 * The last `size` samples of one series. `push` and all sums take constant time (amortised); memory is
 * fixed. Minimum and maximum come from monotonic queues (Lemire, "Streaming maximum-minimum filter", 2006).
 *
 * @example
 * ```ts
 * import { SeriesWindow } from "@/lib/domain/series_window.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const window = new SeriesWindow(2);
 * for (const value of [9, 1, 2]) window.push({ at: value, value });
 * assertEquals([window.mean, window.min, window.max], [1.5, 1, 2]);
 * ```
 */
export class SeriesWindow {
  readonly #size: number;
  readonly #at: Float64Array;
  readonly #values: Float64Array;
  readonly #smallest: MonotonicQueue;
  readonly #largest: MonotonicQueue;
  /** How many samples were ever pushed; sample `n` lies in slot `n % size`. */
  #pushed = 0;
  #sum = 0;

  /**
   * Begins empty.
   *
   * @throws {RangeError} If `size` is not a whole number of at least 1.
   */
  constructor(size: number = WINDOW_SIZE) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`Cannot make a window: size must be at least 1, got ${size}`);
    }
    this.#size = size;
    this.#at = new Float64Array(size);
    this.#values = new Float64Array(size);
    this.#smallest = new MonotonicQueue(size, (a, b) => a <= b);
    this.#largest = new MonotonicQueue(size, (a, b) => a >= b);
  }

  /** How many samples it holds, at most the size. */
  get length(): number {
    return Math.min(this.#pushed, this.#size);
  }

  /** Mean of the values; `NaN` when empty. */
  get mean(): number {
    return this.#sum / this.length;
  }

  /** Smallest value; `NaN` when empty. */
  get min(): number {
    return this.#smallest.best;
  }

  /** Largest value; `NaN` when empty. */
  get max(): number {
    return this.#largest.best;
  }

  /** The newest sample; `undefined` when empty. */
  get last(): SeriesSample | undefined {
    return this.#pushed === 0 ? undefined : this.#sampleAt(this.#pushed - 1);
  }

  /** Takes the next sample, forgetting the oldest when full. The value must be finite. */
  push(sample: SeriesSample): void {
    const slot = this.#pushed % this.#size;
    const forgotten = this.#pushed >= this.#size ? (this.#values[slot] ?? 0) : 0;
    this.#at[slot] = sample.at;
    this.#values[slot] = sample.value;
    this.#smallest.push(this.#pushed, sample.value);
    this.#largest.push(this.#pushed, sample.value);
    this.#pushed++;
    // Adding up anew once a round keeps rounding errors of the running sum from growing.
    this.#sum = slot === this.#size - 1
      ? total(this.#values)
      : this.#sum + sample.value - forgotten;
  }

  /** Returns the samples, oldest first. */
  samples(): SeriesSample[] {
    const first = this.#pushed - this.length;
    return Array.from({ length: this.length }, (_, index) => this.#sampleAt(first + index));
  }

  #sampleAt(number: number): SeriesSample {
    const slot = number % this.#size;
    return { at: this.#at[slot] ?? NaN, value: this.#values[slot] ?? NaN };
  }
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** The candidates for the best value of a window, best first; each is newer than the one before it. */
class MonotonicQueue {
  readonly #size: number;
  readonly #numbers: Float64Array;
  readonly #values: Float64Array;
  readonly #beats: (a: number, b: number) => boolean;
  #head = 0;
  #length = 0;

  constructor(size: number, beats: (a: number, b: number) => boolean) {
    this.#size = size;
    this.#numbers = new Float64Array(size);
    this.#values = new Float64Array(size);
    this.#beats = beats;
  }

  get best(): number {
    return this.#length === 0 ? NaN : (this.#values[this.#head] ?? NaN);
  }

  /** Takes sample `number`; what is `size` or more behind it leaves the window. */
  push(number: number, value: number): void {
    if (this.#length > 0 && (this.#numbers[this.#head] ?? 0) <= number - this.#size) {
      this.#head = (this.#head + 1) % this.#size;
      this.#length--;
    }
    while (
      this.#length > 0 && this.#beats(value, this.#values[this.#slot(this.#length - 1)] ?? 0)
    ) {
      this.#length--;
    }
    const slot = this.#slot(this.#length++);
    this.#numbers[slot] = number;
    this.#values[slot] = value;
  }

  #slot(index: number): number {
    return (this.#head + index) % this.#size;
  }
}
