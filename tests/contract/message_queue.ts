/**
 * A queue that is awaited, so that no test has to sleep.
 *
 * @module
 */

/** Items in order; `next()` waits for one that is yet to come. */
export class MessageQueue<Item> {
  readonly #items: Item[] = [];
  readonly #waiting: ((item: Item) => void)[] = [];

  /** Adds an item. */
  push(item: Item): void {
    const resolve = this.#waiting.shift();
    if (resolve === undefined) this.#items.push(item);
    else resolve(item);
  }

  /** Takes the oldest item, or the next to come. */
  next(): Promise<Item> {
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }
}
