/**
 * Does many things at fixed intervals: each begins soon, then keeps its own place in the interval, so that they
 * are spread and do not drift; and never more than so many run at once.
 *
 * @module
 */

import type { Cancel, Clock } from "@/lib/ports/clock.ts";

import { DEFAULT_LANE_LIMITS, type LaneLimits, RunLanes } from "./run_lanes.ts";

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
  /** How many run at once, where it differs from the defaults. */
  readonly limits?: Partial<LaneLimits>;
  /** Takes what a run threw. */
  readonly onError: (error: unknown) => void;
}

/** What was counted since the start. */
export interface PollerCounters {
  /** Runs that began. */
  readonly started: number;
  /** Turns that were left out: the run before was not over yet or had not begun, or nothing could run at all. */
  readonly skipped: number;
}

/** The first run comes within this, in milliseconds, however long the interval is. */
const FIRST_WITHIN_MS = 2_000;

/** Runs polls until it is stopped. At most one run of each waits or is under way. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #lanes: RunLanes;
  readonly #counters = { started: 0, skipped: 0 };

  /** Creates a poller that does nothing yet. */
  constructor(options: PollerOptions) {
    this.#options = options;
    this.#lanes = new RunLanes(options.clock, { ...DEFAULT_LANE_LIMITS, ...options.limits });
  }

  /** Returns what was counted since the start. */
  counters(): PollerCounters {
    return { ...this.#counters };
  }

  /** Begins with a poll, and returns what ends it: a run under way is aborted and awaited then. */
  add(poll: Poll): () => Promise<void> {
    const turns = new Turns(poll, {
      ...this.#options,
      lanes: this.#lanes,
      onStart: () => void this.#counters.started++,
      onSkip: (count) => void (this.#counters.skipped += count),
    });
    return () => turns.end();
  }
}

interface TurnsOptions extends PollerOptions {
  readonly lanes: RunLanes;
  readonly onStart: () => void;
  /** Takes how many turns were left out. */
  readonly onSkip: (count: number) => void;
}

/** The turns of one poll. */
class Turns {
  readonly #poll: Poll;
  readonly #options: TurnsOptions;
  readonly #abort = new AbortController();
  readonly #job = { run: () => this.#run() };
  /** The next place in the grid of its intervals, on the monotonic clock. */
  #dueMs: number;
  #cancel: Cancel;
  /** Settles with the run under way. */
  #running: PromiseWithResolvers<void> | null = null;

  constructor(poll: Poll, options: TurnsOptions) {
    this.#poll = poll;
    this.#options = options;
    const { clock, random } = options;
    const firstMs = random() * Math.min(poll.intervalMs, FIRST_WITHIN_MS);
    // At least half an interval after the first run, which is out of the grid.
    this.#dueMs = clock.monotonicMs() + firstMs + (0.5 + random()) * poll.intervalMs;
    this.#cancel = clock.after(firstMs, () => this.#take());
  }

  async end(): Promise<void> {
    this.#cancel();
    this.#abort.abort();
    this.#options.lanes.withdraw(this.#job);
    await this.#running?.promise;
  }

  #take(): void {
    const { lanes, onSkip } = this.#options;
    this.#waitForNext();
    if (this.#running !== null || lanes.isWaiting(this.#job)) onSkip(1);
    else lanes.enter(this.#job);
  }

  #turn(): void {
    const late = this.#options.clock.monotonicMs() - this.#dueMs;
    const { intervalMs } = this.#poll;
    const missed = Math.max(0, Math.floor(late / intervalMs));
    if (missed > 0) this.#options.onSkip(missed);
    this.#dueMs += (1 + missed) * intervalMs;
    this.#take();
  }

  /** Counted in the grid, so that a late timer makes no later one late, and an early one no turn of its own. */
  #waitForNext(): void {
    const { clock } = this.#options;
    this.#cancel = clock.after(this.#dueMs - clock.monotonicMs(), () => this.#turn());
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    const running = Promise.withResolvers<void>();
    this.#running = running;
    this.#options.onStart();
    const { signal } = this.#abort;
    try {
      await this.#poll.run(signal);
    } catch (error) {
      if (!signal.aborted) this.#options.onError(error);
    } finally {
      this.#running = null;
      running.resolve();
    }
  }
}
