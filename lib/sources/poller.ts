/**
 * Does many things at fixed intervals: each begins soon, then keeps its own place in the interval, so that they
 * are spread and do not drift; and never more than so many run at once.
 *
 * @module
 */

import type { Cancel, Clock } from "@/lib/ports/clock.ts";

/** Something that is done again and again. */
export interface Poll {
  /** From one run to the next, in milliseconds. */
  readonly intervalMs: number;
  /** Does it once, until the signal is aborted at the latest. What it throws is a bug and is reported. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** What a {@linkcode Poller} needs. */
export interface PollerOptions {
  /** Tells the time. */
  readonly clock: Clock;
  /** Uniform in 0 to 1, 1 left out: for the places in the interval. */
  readonly random: () => number;
  /** How many run at once. @default {64} */
  readonly concurrency?: number;
  /** Takes what a run threw. */
  readonly onError: (error: unknown) => void;
}

/** What was counted since the start. */
export interface PollerCounters {
  /** Runs that began. */
  readonly started: number;
  /** Turns that were left out because the run before was not over yet, or had not begun. */
  readonly skipped: number;
}

/** The first run comes within this, in milliseconds, however long the interval is. */
const FIRST_WITHIN_MS = 2_000;

interface Turn {
  readonly poll: Poll;
  readonly abort: AbortController;
  /** A place in the grid of its intervals, on the monotonic clock. */
  readonly originMs: number;
  cancel: Cancel;
  /** The run under way. */
  run: Promise<void> | null;
}

/** Runs polls until it is stopped. At most one run of each waits or is under way. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #concurrency: number;
  readonly #waiting = new Set<Turn>();
  #running = 0;
  readonly #counters = { started: 0, skipped: 0 };

  /** Creates a poller that does nothing yet. */
  constructor(options: PollerOptions) {
    this.#options = options;
    this.#concurrency = options.concurrency ?? 64;
  }

  /** Returns what was counted since the start. */
  counters(): PollerCounters {
    return { ...this.#counters };
  }

  /** Begins with a poll, and returns what ends it: a run under way is aborted and awaited then. */
  add(poll: Poll): () => Promise<void> {
    const { clock, random } = this.#options;
    const firstMs = random() * Math.min(poll.intervalMs, FIRST_WITHIN_MS);
    const originMs = clock.monotonicMs() + random() * poll.intervalMs;
    const turn: Turn = {
      ...{ poll, originMs, abort: new AbortController(), run: null },
      cancel: clock.after(firstMs, () => this.#take(turn)),
    };
    return () => this.#remove(turn);
  }

  async #remove(turn: Turn): Promise<void> {
    turn.cancel();
    turn.abort.abort();
    this.#waiting.delete(turn);
    await turn.run;
  }

  #take(turn: Turn): void {
    turn.cancel = this.#options.clock.after(this.#untilNext(turn), () => this.#take(turn));
    if (turn.run !== null || this.#waiting.has(turn)) {
      this.#counters.skipped++;
      return;
    }
    this.#waiting.add(turn);
    this.#fill();
  }

  /** Counted from the origin, so that a late timer makes no later one late. */
  #untilNext({ originMs, poll: { intervalMs } }: Turn): number {
    const nowMs = this.#options.clock.monotonicMs();
    const turns = Math.floor((nowMs - originMs) / intervalMs) + 1;
    const nextMs = originMs + turns * intervalMs - nowMs;
    // A timer may be early by a rounding: that is no turn of its own.
    return nextMs < intervalMs / 1_000 ? nextMs + intervalMs : nextMs;
  }

  #fill(): void {
    for (const turn of this.#waiting) {
      if (this.#running >= this.#concurrency) return;
      this.#waiting.delete(turn);
      turn.run = this.#run(turn);
    }
  }

  /** Never rejects. */
  async #run(turn: Turn): Promise<void> {
    const { poll, abort: { signal } } = turn;
    this.#running++;
    this.#counters.started++;
    try {
      await poll.run(signal);
    } catch (error) {
      if (!signal.aborted) this.#options.onError(error);
    } finally {
      this.#running--;
      turn.run = null;
      this.#fill();
    }
  }
}
