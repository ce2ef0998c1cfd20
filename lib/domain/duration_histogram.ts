/**
 * A histogram of durations that only grows, as Prometheus reads them: whoever asks from time to time gets the
 * distribution of any span between two answers by a subtraction. For quantiles of the last minute see
 * `latency_histogram.ts`.
 *
 * @module
 */

/** Upper bounds of the buckets in seconds: half a millisecond to ten seconds. */
export const DURATION_BOUNDS_S: readonly number[] = [
  ...[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05],
  ...[0.1, 0.25, 0.5, 1, 2.5, 5, 10],
];

/** What a {@linkcode DurationHistogram} has counted. */
export interface DurationCounts {
  /** By bound of {@linkcode DURATION_BOUNDS_S}: how many durations it was not exceeded by. */
  readonly cumulative: readonly number[];
  /** How many there were. */
  readonly count: number;
  /** Their sum, in seconds. */
  readonly sumS: number;
}

/**
 * Counts durations.
 *
 * @example
 * ```ts
 * import { DurationHistogram } from "@/lib/domain/duration_histogram.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const histogram = new DurationHistogram();
 * histogram.record(2);
 * histogram.record(30);
 * assertEquals(histogram.read().cumulative.slice(1, 7), [0, 1, 1, 1, 1, 2]);
 * ```
 */
export class DurationHistogram {
  readonly #buckets = DURATION_BOUNDS_S.map(() => 0);
  #count = 0;
  #sumS = 0;

  /** Counts a duration in milliseconds; a negative one counts as 0, one that is no number is left out. */
  record(durationMs: number): void {
    if (Number.isNaN(durationMs)) return;
    const durationS = Math.max(0, durationMs) / 1_000;
    const bucket = DURATION_BOUNDS_S.findIndex((bound) => durationS <= bound);
    if (bucket >= 0) this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count++;
    this.#sumS += durationS;
  }

  /** Returns what was counted so far. */
  read(): DurationCounts {
    let sum = 0;
    const cumulative = this.#buckets.map((count) => sum += count);
    return { cumulative, count: this.#count, sumS: this.#sumS };
  }
}
