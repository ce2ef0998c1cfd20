/**
 * Deadlines of many owners behind one timer: nothing sweeps, the earliest alone is waited for.
 *
 * @module
 */

import TinyQueue from "tinyqueue";

import type { Instant } from "@/lib/domain/instant.ts";
import type { Cancel, Clock } from "./clock.ts";

/** What {@linkcode Deadlines} needs. */
export interface DeadlinesOptions {
  /** Tells the time and holds the one timer. */
  readonly clock: Clock;
  /** Called with the owners whose deadline has come. It sets new deadlines with `set`. */
  readonly onDue: (owners: readonly string[]) => void;
}

interface Entry {
  /** In monotonic milliseconds. */
  readonly at: number;
  readonly owner: string;
}

/**
 * Holds at most one deadline an owner. It waits in monotonic time, as a wall clock may be set: an owner is
 * due after the time that lay before its deadline when it was set. A deadline that moves later costs nothing until the earlier instant
 * comes round: its entry is then put back.
 */
export class Deadlines {
  readonly #options: DeadlinesOptions;
  readonly #queue = new TinyQueue<Entry>([], (a, b) => a.at - b.at);
  readonly #dueAt = new Map<string, number>();
  /** The earliest entry of each owner that is still in the queue. */
  readonly #queuedAt = new Map<string, number>();
  #timer: { readonly at: number; readonly cancel: Cancel } | undefined;
  #stopped = false;

  /** Begins with no deadline. */
  constructor(options: DeadlinesOptions) {
    this.#options = options;
  }

  /** How many owners have a deadline. */
  get size(): number {
    return this.#dueAt.size;
  }

  /** Sets the deadline of an owner; `null` takes it away. */
  set(owner: string, at: Instant | null): void {
    if (at === null) {
      this.#dueAt.delete(owner);
      return;
    }
    const { clock } = this.#options;
    const dueMs = clock.monotonicMs() + (at - clock.now());
    this.#dueAt.set(owner, dueMs);
    this.#enqueue(owner, dueMs);
    this.#arm();
  }

  /** Ends for good. */
  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #enqueue(owner: string, at: number): void {
    if ((this.#queuedAt.get(owner) ?? Infinity) <= at) return;
    this.#queue.push({ at, owner });
    this.#queuedAt.set(owner, at);
  }

  #arm(): void {
    const at = this.#queue.peek()?.at;
    if (at === undefined || this.#stopped || (this.#timer?.at ?? Infinity) <= at) return;
    this.#timer?.cancel();
    const delayMs = at - this.#options.clock.monotonicMs();
    this.#timer = { at, cancel: this.#options.clock.after(delayMs, () => this.#fire()) };
  }

  #fire(): void {
    this.#timer = undefined;
    this.run();
    this.#arm();
  }

  /** Runs what is due now, which the timer would do at the next opportunity. */
  run(): void {
    if (this.#stopped) return;
    const due = this.#takeDue(this.#options.clock.monotonicMs());
    if (due.length > 0) this.#options.onDue(due);
  }

  #takeDue(now: number): string[] {
    const due: string[] = [];
    for (let head = this.#queue.peek(); head && head.at <= now; head = this.#queue.peek()) {
      this.#queue.pop();
      // Only the earliest entry of an owner counts; what it left behind when moved is dropped here.
      if (this.#queuedAt.get(head.owner) !== head.at) continue;
      this.#queuedAt.delete(head.owner);
      const at = this.#dueAt.get(head.owner);
      if (at === undefined) continue;
      if (at > now) this.#enqueue(head.owner, at);
      else {
        this.#dueAt.delete(head.owner);
        due.push(head.owner);
      }
    }
    return due;
  }
}
