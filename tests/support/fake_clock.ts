/**
 * A clock that stands still until a test moves it.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";

/** Implements {@linkcode Clock} without real time. */
export class FakeClock implements Clock {
  #now: Instant;
  #monotonicMs = 0;
  #order = 0;
  readonly #timers = new Map<number, { readonly at: number; readonly run: () => void }>();

  /** Starts at `start`, by default 2023-11-14T22:13:20Z. */
  constructor(start: Instant = 1_700_000_000_000) {
    this.#now = start;
  }

  /** How many calls are scheduled. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): Instant {
    return this.#now;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    const id = this.#order++;
    this.#timers.set(id, { at: this.#monotonicMs + Math.max(0, delayMs), run });
    return () => void this.#timers.delete(id);
  }

  /** Moves both clocks on, running what falls due in order; promises settle between the calls. */
  async advance(durationMs: number): Promise<void> {
    const end = this.#monotonicMs + durationMs;
    await settle();
    for (let due = this.#next(end); due !== undefined; due = this.#next(end)) {
      const [id, timer] = due;
      this.#timers.delete(id);
      this.#moveTo(timer.at);
      timer.run();
      await settle();
    }
    this.#moveTo(end);
  }

  /** Sets the wall clock as an administrator would; timers do not notice. */
  step(differenceMs: number): void {
    this.#now += differenceMs;
  }

  /** Lets time pass while nothing can run, as a busy event loop does. */
  stall(durationMs: number): void {
    this.#moveTo(this.#monotonicMs + durationMs);
  }

  #moveTo(at: number): void {
    this.#now += Math.max(0, at - this.#monotonicMs);
    this.#monotonicMs = Math.max(at, this.#monotonicMs);
  }

  #next(end: number): [number, { readonly at: number; readonly run: () => void }] | undefined {
    return [...this.#timers]
      .filter(([, timer]) => timer.at <= end)
      .sort(([a, one], [b, other]) => one.at - other.at || a - b)[0];
  }
}

/** Lets promise callbacks that are ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}
