/**
 * The connections that stay open, such as live sockets: each is closed when whoever opened it may not read any
 * more.
 *
 * @module
 */

import type { Caller } from "@/lib/ports/access.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";

/** What {@linkcode LiveDoors} need. */
export interface LiveDoorsOptions {
  /** Holds the one timer. */
  readonly clock: Clock;
  /** Tells whether somebody may still read. It is asked of each open door once a minute. */
  readonly mayStay: (caller: Caller) => boolean;
}

/** How often is looked for sessions that ended by time, in milliseconds. */
const LOOK_MS = 60_000;

interface Door {
  readonly caller: Caller;
  readonly close: () => void;
}

/** Holds what is open. */
export class LiveDoors {
  readonly #options: LiveDoorsOptions;
  readonly #open = new Set<Door>();
  #cancelLook: Cancel | undefined;

  /** Begins with none open. */
  constructor(options: LiveDoorsOptions) {
    this.#options = options;
  }

  /**
   * Takes what is open; it is closed at once if it came too late.
   *
   * @param close Called at most once.
   * @returns Called when it is closed from elsewhere.
   */
  open(caller: Caller, close: () => void): () => void {
    const door = { caller, close };
    this.#open.add(door);
    this.#lookLater();
    this.#lookAt(door);
    return () => this.#forget(door);
  }

  /** Closes what may not stay open. */
  look(): void {
    for (const door of this.#open) this.#lookAt(door);
  }

  #lookAt(door: Door): void {
    if (this.#options.mayStay(door.caller)) return;
    this.#forget(door);
    door.close();
  }

  #forget(door: Door): void {
    this.#open.delete(door);
    if (this.#open.size > 0) return;
    this.#cancelLook?.();
    this.#cancelLook = undefined;
  }

  #lookLater(): void {
    this.#cancelLook ??= this.#options.clock.after(LOOK_MS, () => {
      this.#cancelLook = undefined;
      this.look();
      if (this.#open.size > 0) this.#lookLater();
    });
  }
}
