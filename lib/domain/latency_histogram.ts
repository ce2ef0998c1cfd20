/**
 * A histogram of durations that answers quantiles in bounded memory. Its buckets grow by a constant factor,
 * so that every answer is within {@linkcode RELATIVE_ERROR} of a recorded value: the idea of DDSketch (C.
 * Masson, J. E. Rim and H. K. Lee, "DDSketch", PVLDB 12(12), 2019). It knows no time; its owner rotates it.
 *
 * @module
 */

/** How far an answer may be from the true quantile, as a part of it, between 1 µs and 10 min. */
export const RELATIVE_ERROR = 0.02;

const MIN_MS = 0.001;
const MAX_MS = 600_000;
const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GROWTH = Math.log(GROWTH);
const BUCKETS = bucketOf(MAX_MS) + 1;

/**
 * Counts durations of the current and of the previous half of a sliding window. What is below 1 µs or
 * above 10 min counts as that bound.
 *
 * @example The window slides by halves
 * ```ts
 * import { LatencyHistogram, RELATIVE_ERROR } from "@/lib/domain/latency_histogram.ts";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const histogram = new LatencyHistogram();
 * for (const ms of [1, 2, 100]) histogram.record(ms);
 * assertAlmostEquals(histogram.quantile(0.5) ?? NaN, 2, 2 * RELATIVE_ERROR);
 * histogram.rotate();
 * histogram.rotate();
 * assertEquals(histogram.quantile(0.5), undefined);
 * ```
 */
export class LatencyHistogram {
  #current = new Uint32Array(BUCKETS);
  #previous = new Uint32Array(BUCKETS);
  #currentCount = 0;
  #previousCount = 0;

  /** How many durations the window holds. */
  get count(): number {
    return this.#currentCount + this.#previousCount;
  }

  /** Counts a duration in milliseconds; one that is not a number is left out. */
  record(durationMs: number): void {
    if (Number.isNaN(durationMs)) return;
    const bucket = bucketOf(durationMs);
    this.#current[bucket] = (this.#current[bucket] ?? 0) + 1;
    this.#currentCount++;
  }

  /**
   * Returns the duration in milliseconds that the given part of the recorded ones does not exceed, with
   * an error of at most {@linkcode RELATIVE_ERROR}; `undefined` if there are none.
   *
   * @param part From 0 to 1: 0.99 is the 99th percentile, by the nearest rank.
   */
  quantile(part: number): number | undefined {
    let left = Math.max(1, Math.ceil(part * this.count));
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      left -= (this.#current[bucket] ?? 0) + (this.#previous[bucket] ?? 0);
      if (left <= 0) return middleOf(bucket);
    }
    return undefined;
  }

  /** Forgets the older half of the window; the current half becomes the older one. */
  rotate(): void {
    [this.#current, this.#previous] = [this.#previous.fill(0), this.#current];
    [this.#currentCount, this.#previousCount] = [0, this.#currentCount];
  }
}

/** Bucket `i` holds what lies above `MIN_MS * GROWTH ** (i - 1)`, up to `MIN_MS * GROWTH ** i`. */
function bucketOf(durationMs: number): number {
  const clamped = Math.min(Math.max(durationMs, MIN_MS), MAX_MS);
  return Math.ceil(Math.log(clamped / MIN_MS) / LOG_GROWTH);
}

/** The value whose relative distance to both ends of the bucket is the same. */
function middleOf(bucket: number): number {
  return bucket === 0 ? MIN_MS : 2 * MIN_MS * GROWTH ** bucket / (GROWTH + 1);
}
