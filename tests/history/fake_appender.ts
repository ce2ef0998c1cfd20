/**
 * A history that keeps batches in a list, and fails or hangs as a test tells it.
 *
 * @module
 */

import { type HistoryBatch, HistoryError, type HistoryFault } from "@/lib/ports/history.ts";

/** Takes batches. */
export class FakeAppender {
  /** What was written, oldest first. */
  readonly written: HistoryBatch[] = [];
  /** Why nothing can be written. */
  fault: HistoryFault | null = null;
  /** Whether batches are held until `release`. */
  holds = false;
  #held: (() => void)[] = [];

  append(batch: HistoryBatch): Promise<void> {
    if (this.holds) {
      return new Promise((resolve, reject) => {
        this.#held.push(() => this.#write(batch).then(resolve, reject));
      });
    }
    return this.#write(batch);
  }

  /** Goes on with what is held. */
  release(): void {
    for (const go of this.#held.splice(0)) go();
  }

  #write(batch: HistoryBatch): Promise<void> {
    if (this.fault !== null) {
      return Promise.reject(new HistoryError(this.fault, `Cannot write: ${this.fault}`));
    }
    this.written.push(batch);
    return Promise.resolve();
  }
}
