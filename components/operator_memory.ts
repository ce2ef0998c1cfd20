/**
 * What the browser remembers of the person at it: the name, for good, and the token, until the tab is closed.
 *
 * @module
 */

/** The part of `Storage` that is used. */
export type Drawer = Pick<Storage, "getItem" | "setItem">;

const NAME = "vitals.name";
const TOKEN = "vitals.token";

/** Remembers, where the browser lets it. */
export class OperatorMemory {
  readonly #lasting: () => Drawer;
  readonly #passing: () => Drawer;

  /** Takes how to reach the two storages, as even reaching may be forbidden. */
  constructor(lasting: () => Drawer, passing: () => Drawer) {
    this.#lasting = lasting;
    this.#passing = passing;
  }

  /** The name; empty if it is not known. */
  get name(): string {
    return read(this.#lasting, NAME);
  }

  set name(name: string) {
    write(this.#lasting, NAME, name);
  }

  /** The token; empty for none. */
  get token(): string {
    return read(this.#passing, TOKEN);
  }

  set token(token: string) {
    write(this.#passing, TOKEN, token);
  }
}

/** Returns the memory of this browser. */
export function browserMemory(): OperatorMemory {
  return new OperatorMemory(() => localStorage, () => sessionStorage);
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
