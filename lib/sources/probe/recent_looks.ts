/**
 * How many of the latest looks have failed.
 *
 * @module
 */

/** So many looks count. */
const COUNTED = 20;

/** Remembers the latest looks. */
export class RecentLooks {
  readonly #failed: boolean[] = [];

  /** Takes whether the newest look has failed. */
  note(hasFailed: boolean): void {
    this.#failed.push(hasFailed);
    if (this.#failed.length > COUNTED) this.#failed.shift();
  }

  /** How many of the latest 20 looks have failed, in per cent; of fewer at the start. */
  get errorRate(): number {
    if (this.#failed.length === 0) return 0;
    const failed = this.#failed.filter((hasFailed) => hasFailed).length;
    return Math.round(10_000 * failed / this.#failed.length) / 100;
  }
}
