/**
 * What the browser remembers of the person at it: the name.
 *
 * @module
 */

/** The part of `Storage` that is used. */
export type Drawer = Pick<Storage, "getItem" | "setItem">;

const NAME = "vitals.name";

/** Remembers, where the browser lets it. */
export class OperatorMemory {
  readonly #drawer: () => Drawer;

  /** Takes how to reach the storage, as even reaching may be forbidden. */
  constructor(drawer: () => Drawer) {
    this.#drawer = drawer;
  }

  /** The name; empty if it is not known. */
  get name(): string {
    return read(this.#drawer, NAME);
  }

  set name(name: string) {
    write(this.#drawer, NAME, name);
  }
}

/** Returns the memory of this browser. */
export function browserMemory(): OperatorMemory {
  return new OperatorMemory(() => localStorage);
}

function read(drawer: () => Drawer, key: string): string {
  try {
    return drawer().getItem(key) ?? "";
  } catch {
    return ""; // storage is forbidden
  }
}

function write(drawer: () => Drawer, key: string, value: string): void {
  try {
    drawer().setItem(key, value);
  } catch {
    // storage is forbidden or full: the next time it is asked for again
  }
}
