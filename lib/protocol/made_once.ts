/**
 * What is made of a value once, and kept as long as the value.
 *
 * @module
 */

/** Of one value at most so many variants are kept; more are made each time. */
const MAX_VARIANTS = 8;

/** Keeps what was made; nothing of a value that is gone. */
export class MadeOnce<Source extends object, Made> {
  readonly #made = new WeakMap<Source, Map<string, Promise<Made>>>();

  /**
   * Returns a variant of a value, which is made if there is none, by the first that asks for it. What could not
   * be made is tried again when it is asked for again.
   */
  get(source: Source, variant: string, make: () => Promise<Made>): Promise<Made> {
    const variants = this.#made.getOrInsertComputed(source, () => new Map());
    const known = variants.get(variant);
    if (known !== undefined) return known;
    const made = make();
    if (variants.size < MAX_VARIANTS) {
      variants.set(variant, made);
      made.catch(() => variants.delete(variant));
    }
    return made;
  }
}
