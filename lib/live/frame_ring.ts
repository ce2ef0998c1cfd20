/**
 * The latest deltas, held so that a peer that was away can go on from where it was.
 *
 * @module
 */

import type { Frame } from "./frame.ts";

/** Bounds of a {@linkcode FrameRing}; the oldest frames go first. */
export interface FrameRingLimits {
  /** Most frames. */
  readonly heldFrames: number;
  /** Most bytes. */
  readonly heldBytes: number;
}

/** Holds frames whose numbers follow each other without a gap. */
export class FrameRing {
  readonly #limits: FrameRingLimits;
  readonly #frames: Frame[] = [];
  #bytes = 0;

  /** Creates an empty ring. */
  constructor(limits: FrameRingLimits) {
    this.#limits = limits;
  }

  /** Adds the next frame, and forgets old ones beyond the bounds. */
  push(frame: Frame): void {
    this.#frames.push(frame);
    this.#bytes += frame.bytes;
    const { heldFrames, heldBytes } = this.#limits;
    while (this.#frames.length > heldFrames || this.#bytes > heldBytes) this.#forgetOldest();
  }

  /**
   * Returns the frames after `seq`, oldest first.
   *
   * @param current Number of the latest frame ever pushed.
   * @returns `undefined` if one of them is no longer held, or `seq` is yet to come.
   */
  since(seq: number, current: number): readonly Frame[] | undefined {
    const missed = current - seq;
    if (missed < 0 || missed > this.#frames.length) return undefined;
    return missed === 0 ? [] : this.#frames.slice(-missed);
  }

  /** Forgets all frames. */
  clear(): void {
    this.#frames.length = 0;
    this.#bytes = 0;
  }

  #forgetOldest(): void {
    this.#bytes -= this.#frames.shift()?.bytes ?? 0;
  }
}
