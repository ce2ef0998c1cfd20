/**
 * A clock whose time passes as fast as the work in it is done.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/** So many turns are given to promises after each timer: no chain of them here is longer. */
const TURNS = 50;

/** Implements {@linkcode Clock} without real time. */
export class VirtualClock implements Clock {
  readonly #start: Instant;
  readonly #timers = new Set<Timer>();
  #elapsedMs = 0;

  /** Stands at `start` until it is moved on. */
  constructor(start: Instant) {
    this.#start = start;
  }

  now(): Instant {
    return this.#start + this.#elapsedMs;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer = { atMs: this.#elapsedMs + Math.max(0, delayMs), run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Moves on, running what falls due in order; of two at one time the older comes first. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#elapsedMs + durationMs;
    await settle();
    for (
      let timer = this.#next();
      timer !== undefined && timer.atMs <= endMs;
      timer = this.#next()
    ) {
      this.#timers.delete(timer);
      this.#elapsedMs = timer.atMs;
      timer.run();
      await settle();
    }
    this.#elapsedMs = endMs;
  }

  /** There are a few dozen at most. */
  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (next === undefined || timer.atMs < next.atMs) next = timer;
    }
    return next;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await Promise.resolve();
}
