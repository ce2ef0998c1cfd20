/**
 * A clock that stands still until a test moves it.
 *
 * @module
 */

import TinyQueue from "tinyqueue";

import type { Instant } from "@/lib/domain/instant.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";

interface Timer {
  readonly id: number;
  /** On the monotonic clock. */
  readonly at: number;
  readonly run: () => void;
}

/** Implements {@linkcode Clock} without real time. */
export class FakeClock implements Clock {
  #now: Instant;
  #monotonicMs = 0;
  #order = 0;
  /** Those that are not cancelled, by id. */
  readonly #timers = new Map<number, Timer>();
  /** In the order in which they fall due, cancelled ones too. */
  readonly #queue = new TinyQueue<Timer>([], (a, b) => a.at - b.at || a.id - b.id);

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
    const timer = { id, at: this.#monotonicMs + Math.max(0, delayMs), run };
    this.#timers.set(id, timer);
    this.#queue.push(timer);
    return () => void this.#timers.delete(id);
  }

  /** Moves both clocks on, running what falls due in order; promises settle between the calls. */
  async advance(durationMs: number): Promise<void> {
    const end = this.#monotonicMs + durationMs;
    await settle();
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
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

  /** Takes the next call that falls due by `end`. */
  #next(end: number): Timer | undefined {
    for (let next = this.#queue.peek(); next && next.at <= end; next = this.#queue.peek()) {
      this.#queue.pop();
      if (this.#timers.delete(next.id)) return next;
    }
    return undefined;
  }
}

/** Lets promise callbacks that are ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}
