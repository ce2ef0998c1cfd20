/**
 * A history that is opened again when what runs it has died.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Retention } from "@/lib/domain/retention.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { History, Restored } from "@/lib/ports/history.ts";
import type { Log } from "@/lib/ports/log.ts";

/** What a {@linkcode reviveHistory} needs. */
export interface ReviveOptions {
  /** Dates the new run. */
  readonly clock: Pick<Clock, "now">;
  /** Takes word of the death, and of the revival. */
  readonly log: Log;
  /** How long what is kept. */
  readonly retention: Retention;
  /** Makes the history, not yet open; it calls back when it dies. */
  readonly create: (onDeath: (reason: string) => void) => History;
}

/**
 * Returns a history that opens what died again with the next call. What was in flight is rejected; whoever
 * writes tries again. A history that cannot be opened rejects each call until it can.
 */
export function reviveHistory(options: ReviveOptions): History {
  return new RevivedHistory(options).toHistory();
}

class RevivedHistory {
  readonly #options: ReviveOptions;
  readonly #history: History;
  #retention: Retention;
  #isDead = false;
  /** Up to when it is written that the monitor is alive. */
  #aliveAt: Instant | null = null;
  #reviving: Promise<void> | undefined;

  constructor(options: ReviveOptions) {
    this.#options = options;
    this.#retention = options.retention;
    this.#history = options.create((reason) => {
      this.#isDead = true;
      options.log.error("history died", { reason });
    });
  }

  toHistory(): History {
    const ask = <Answer>(question: (history: History) => Promise<Answer>) => this.#ask(question);
    return {
      open: (now) => this.#open(now),
      append: async (batch) => {
        await ask((history) => history.append(batch));
        this.#aliveAt = batch.at;
      },
      samples: (query) => ask((history) => history.samples(query)),
      events: (query) => ask((history) => history.events(query)),
      statuses: (service, range) => ask((history) => history.statuses(service, range)),
      endedAlerts: (service, range) => ask((history) => history.endedAlerts(service, range)),
      gaps: (range) => ask((history) => history.gaps(range)),
      transitionsOf: (alert) => ask((history) => history.transitionsOf(alert)),
      maintain: (now) => ask((history) => history.maintain(now)),
      usage: () => ask((history) => history.usage()),
      retain: (retention) => {
        this.#retention = retention;
        return ask((history) => history.retain(retention));
      },
      close: () => this.#history.close(),
    };
  }

  #open(now: number): Promise<Restored> {
    this.#isDead = false;
    return this.#history.open(now);
  }

  #ask<Answer>(question: (history: History) => Promise<Answer>): Promise<Answer> {
    if (!this.#isDead) return question(this.#history);
    this.#reviving ??= this.#revive().finally(() => this.#reviving = undefined);
    return this.#reviving.then(() => question(this.#history));
  }

  /** The monitor has all of the state in memory: what is restored is not needed. */
  async #revive(): Promise<void> {
    const { clock, log } = this.#options;
    // The monitor was running all the time: there is no gap.
    await this.#history.open(this.#aliveAt ?? clock.now());
    await this.#history.retain(this.#retention);
    this.#isDead = false;
    log.info("history opened again");
  }
}
