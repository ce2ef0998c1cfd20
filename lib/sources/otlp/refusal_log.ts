/**
 * Tells the log of exports that were refused and are about no service, but not too often.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";

/** From one address at most one line in such a time, in milliseconds. */
const QUIET_MS = 60_000;

/** So many addresses are told apart within that time; of more nothing is logged. */
const MAX_ADDRESSES = 1_000;

interface Quiet {
  readonly loggedAtMs: number;
  unlogged: number;
}

/** Logs one line for each address and minute. */
export class RefusalLog {
  readonly #clock: Clock;
  readonly #log: Log;
  /** In the order of their last lines. */
  readonly #quiet = new Map<string, Quiet>();

  /** Begins with nothing told. */
  constructor({ clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Takes that an export from an address was refused, and why. */
  note(address: string, problem: string): void {
    const nowMs = this.#clock.monotonicMs();
    const before = this.#quiet.get(address);
    if (before !== undefined && nowMs - before.loggedAtMs < QUIET_MS) {
      before.unlogged++;
      return;
    }
    this.#forget(nowMs);
    if (before === undefined && this.#quiet.size >= MAX_ADDRESSES) return;
    this.#quiet.delete(address);
    this.#quiet.set(address, { loggedAtMs: nowMs, unlogged: 0 });
    this.#log.warn("otlp refused", { address, problem, unlogged: before?.unlogged ?? 0 });
  }

  #forget(nowMs: number): void {
    for (const [address, { loggedAtMs, unlogged }] of this.#quiet) {
      if (nowMs - loggedAtMs < QUIET_MS) return;
      if (unlogged === 0) this.#quiet.delete(address);
      else if (nowMs - loggedAtMs > 2 * QUIET_MS) this.#quiet.delete(address);
    }
  }
}
