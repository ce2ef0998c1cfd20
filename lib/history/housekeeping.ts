/**
 * Keeps a history in order while the monitor runs: one small step after the other, with pauses in between.
 *
 * @module
 */

import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import { type History, HistoryError } from "@/lib/ports/history.ts";
import type { Log } from "@/lib/ports/log.ts";

/** What a {@linkcode Housekeeping} needs. */
export interface HousekeepingOptions {
  /** Tells the time, and holds the one timer. */
  readonly clock: Clock;
  /** Takes word of the first failure in a row. */
  readonly log: Log;
  /** What is kept in order; it is open. */
  readonly history: Pick<History, "maintain">;
}

/** The pause when nothing more is due, in milliseconds. */
export const IDLE_PAUSE_MS = 5_000;

/** The pause when more is due, in milliseconds: what is to be written comes first. */
export const BUSY_PAUSE_MS = 20;

/** Steps are taken one after the other for so long, in milliseconds, before there is a pause. */
export const BUSY_MS = 10;

/** Asks for steps until it is stopped. */
export class Housekeeping {
  readonly #options: HousekeepingOptions;
  #cancel: Cancel | undefined;
  #step: Promise<void> = Promise.resolve();
  #problem: string | null = null;
  #isStopped = false;

  /** Begins idle. */
  constructor(options: HousekeepingOptions) {
    this.#options = options;
  }

  /** Why the latest step failed, in words; `null` if it did not. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Begins. */
  start(): void {
    this.#wait(IDLE_PAUSE_MS);
  }

  /** Ends, and awaits the step that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#step;
  }

  #wait(pauseMs: number): void {
    if (this.#isStopped) return;
    this.#cancel = this.#options.clock.after(pauseMs, () => {
      this.#step = this.#run().then((isMoreDue) => {
        this.#wait(isMoreDue ? BUSY_PAUSE_MS : IDLE_PAUSE_MS);
      });
    });
  }

  async #run(): Promise<boolean> {
    const { history, clock, log } = this.#options;
    try {
      const beganAtMs = clock.monotonicMs();
      let isMoreDue = true;
      while (isMoreDue && !this.#isStopped && clock.monotonicMs() - beganAtMs < BUSY_MS) {
        isMoreDue = await history.maintain(clock.now());
      }
      this.#problem = null;
      return isMoreDue;
    } catch (error) {
      if (!(error instanceof HistoryError)) throw error;
      const { message, fault } = error;
      if (this.#problem === null) log.warn("history is not kept in order", { fault, message });
      this.#problem = message;
      return false;
    }
  }
}
