/**
 * The status page as it is handed out: made anew once in a while, one at a time, however many ask for it.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import type { StatusView } from "@/lib/protocol/status_view.ts";

import { createBreather } from "./breather.ts";
import { readStatus, type StatusSources } from "./read_status.ts";

/** For how long a page is good, in milliseconds; longer, if making it takes long. */
export const FRESH_MS = 15_000;

/** For how long after that it is handed out while the next one is made, in milliseconds. */
export const STALE_MS = 60_000;

/** A page is good at least so many times as long as it took to make it: that is all it may cost. */
const REST = 20;

/** What a {@linkcode StatusBoard} needs. */
export interface StatusBoardOptions extends StatusSources {
  /** Dates and measures. */
  readonly clock: Clock;
  /** Hears of a page that could not be made while an older one was handed out. */
  readonly log: Log;
  /** Returns the configuration in force. */
  readonly config: () => MonitorConfig;
}

/** Hands out the status page. */
export interface StatusReader {
  /** Whether configuration wants a page. */
  readonly isWanted: boolean;
  /** Returns the page, as old as `FRESH_MS` and `STALE_MS` let it be; `null` if configuration wants none. */
  read(): Promise<StatusView | null>;
}

interface Kept {
  readonly view: StatusView;
  /** What it was made for: under another configuration it may show what it must not. */
  readonly config: MonitorConfig;
  /** By the monotonic clock. */
  readonly freshUntilMs: number;
}

/** Makes the page and keeps the latest one. */
export class StatusBoard implements StatusReader {
  readonly #options: StatusBoardOptions;
  #kept: Kept | null = null;
  #making: Promise<Kept> | null = null;

  /** Makes nothing yet. */
  constructor(options: StatusBoardOptions) {
    this.#options = options;
  }

  get isWanted(): boolean {
    return this.#options.config().status.enabled;
  }

  async read(): Promise<StatusView | null> {
    const { clock, log } = this.#options;
    if (!this.isWanted) return null;
    const kept = this.#kept?.config === this.#options.config() ? this.#kept : null;
    const lateMs = kept === null ? Infinity : clock.monotonicMs() - kept.freshUntilMs;
    if (kept !== null && lateMs < 0) return kept.view;
    if (kept === null || lateMs >= STALE_MS) return await this.#next();
    this.#make().catch((error) => log.warn("status page not made", { reason: String(error) }));
    return kept.view;
  }

  async #next(): Promise<StatusView | null> {
    const made = await this.#make();
    // Configuration may have changed while it was made.
    return made.config === this.#options.config() ? made.view : await this.read();
  }

  #make(): Promise<Kept> {
    this.#making ??= this.#read().finally(() => this.#making = null);
    return this.#making;
  }

  async #read(): Promise<Kept> {
    const { clock } = this.#options;
    const config = this.#options.config();
    const began = clock.monotonicMs();
    const query = { config, now: clock.now(), breathe: createBreather(clock) };
    const view = await readStatus(this.#options, query);
    const ended = clock.monotonicMs();
    const freshUntilMs = ended + Math.max(FRESH_MS, REST * (ended - began));
    this.#kept = { view, config, freshUntilMs };
    return this.#kept;
  }
}
