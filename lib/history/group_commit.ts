/**
 * The ledger over a history: what is noted while one batch is being written goes into the next one together.
 * When nothing can be written, monitoring goes on from memory, and what was noted is written later.
 *
 * @module
 */

import { formatDuration } from "@/lib/domain/instant.ts";
import type { Sample } from "@/lib/domain/sample.ts";
import type { Transition } from "@/lib/domain/service.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import {
  type DocumentChange,
  type History,
  type HistoryBatch,
  HistoryError,
} from "@/lib/ports/history.ts";
import type { CommitResult, Ledger } from "@/lib/ports/ledger.ts";
import type { Log } from "@/lib/ports/log.ts";

import { OpenBatch } from "./open_batch.ts";

/** Bounds of a {@linkcode GroupCommit}. Times in milliseconds. */
export interface GroupCommitLimits {
  /** Samples that may wait; beyond them pushes are refused, or the oldest are lost if nothing can be written. */
  readonly samples: number;
  /** Transitions that may wait; beyond them the oldest are lost. */
  readonly transitions: number;
  /** Most samples in one batch. */
  readonly batchSamples: number;
  /** A batch that takes longer counts as one that cannot be written for now. */
  readonly patienceMs: number;
  /** The pause before a batch is tried again; it doubles with each failure. */
  readonly firstPauseMs: number;
  /** The longest such pause. */
  readonly maxPauseMs: number;
  /** Without news the monitor is noted to be alive this often. */
  readonly aliveMs: number;
}

/** The bounds in force unless told otherwise. */
export const DEFAULT_GROUP_COMMIT_LIMITS: GroupCommitLimits = {
  samples: 200_000,
  transitions: 20_000,
  batchSamples: 20_000,
  patienceMs: 5_000,
  firstPauseMs: 500,
  maxPauseMs: 15_000,
  aliveMs: 5_000,
};

/** What a {@linkcode GroupCommit} needs. */
export interface GroupCommitOptions {
  /** Dates the batches, and holds the timers. */
  readonly clock: Clock;
  /** Takes word of the first failure, and of the end of failing. */
  readonly log: Log;
  /** Where everything goes; it is open. */
  readonly history: Pick<History, "append">;
  /** Bounds other than the default ones. */
  readonly limits?: Partial<GroupCommitLimits>;
}

/** What was counted since the start. */
export interface LedgerCounters {
  /** Batches written. */
  readonly batches: number;
  /** Samples written. */
  readonly samples: number;
  /** Samples that were lost: there was no room to let them wait. */
  readonly lostSamples: number;
  /** Transitions that were lost. */
  readonly lostTransitions: number;
  /** Attempts that failed. */
  readonly failures: number;
}

type Waiter = (result: CommitResult) => void;

/** A batch on its way, and those who wait for it. */
interface Flight {
  readonly batch: HistoryBatch;
  readonly waiting: Waiter[];
}

const KEPT: CommitResult = { kind: "kept" };

/** Writes one batch at a time. The first is written at once; no timer delays anything. */
export class GroupCommit implements Ledger {
  readonly #options: GroupCommitOptions;
  readonly #limits: GroupCommitLimits;
  #open = new OpenBatch();
  /** What is written now, in parts: what is noted meanwhile comes after it, or it would never be whole. */
  #closed = new OpenBatch();
  readonly #counters = { batches: 0, samples: 0, lostSamples: 0, lostTransitions: 0, failures: 0 };
  /** Those who wait for what is noted but not in flight. */
  #waiting: Waiter[] = [];
  /** Those who wait for the closed batch. */
  #closing: Waiter[] = [];
  /** What could not be written, or was and its answer lost: it goes again as it was, before all else. */
  #failed: HistoryBatch | undefined;
  /** Makes ids of batches, with a number each. */
  readonly #name: string;
  #made = 0;
  #flight: Flight | undefined;
  /** When the latest flight began, in monotonic milliseconds. */
  #beganAtMs = -Infinity;
  /** Ends with the flight. */
  #landing: Promise<void> = Promise.resolve();
  #isScheduled = false;
  #problem: string | null = null;
  #failuresInARow = 0;
  #cancelPause: Cancel | undefined;
  #cancelAlive: Cancel | undefined;
  #isStopped = false;

  /** Begins with nothing noted. */
  constructor(options: GroupCommitOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_GROUP_COMMIT_LIMITS, ...options.limits };
    this.#name = options.clock.now().toString(36);
    this.#waitToBeAlive();
  }

  /** Why nothing can be written, in words; `null` if it can. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Whether so much waits to be written that no more should be taken in. */
  get isFull(): boolean {
    return this.#problem === null && this.#heldSamples >= this.#limits.samples;
  }

  /** How many samples wait to be written. */
  get waitingSamples(): number {
    const apart = this.#flight?.batch ?? this.#failed;
    return this.#heldSamples + (apart?.samples.length ?? 0);
  }

  get #heldSamples(): number {
    return this.#closed.samples + this.#open.samples;
  }

  get #isEmpty(): boolean {
    return this.#failed === undefined && this.#closed.isEmpty && this.#open.isEmpty;
  }

  /** Returns what was counted. */
  counters(): LedgerCounters {
    return { ...this.#counters };
  }

  addSample(sample: Sample): void {
    // When full, pushes are refused before they come here; what comes by itself is lost.
    if (this.isFull) this.#counters.lostSamples++;
    else this.#open.addSample(sample);
    this.#noted();
  }

  addTransition(transition: Transition): void {
    this.#open.addTransition(transition);
    this.#noted();
  }

  put(document: DocumentChange): void {
    this.#open.put(document);
    this.#noted();
  }

  committed(): Promise<CommitResult> {
    if (this.#problem !== null) return Promise.resolve(unsafe(this.#problem));
    const earlier = this.#closed.isEmpty ? this.#flight?.waiting : this.#closing;
    const waiting = this.#open.isEmpty ? earlier : this.#waiting;
    if (waiting === undefined) return Promise.resolve(KEPT);
    return new Promise((resolve) => waiting.push(resolve));
  }

  /** Writes what is noted, if that can be done, and that the monitor was alive until now. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelAlive?.();
    this.#cancelPause?.();
    await this.#landing;
    do {
      this.#write();
      await this.#landing;
    } while (!this.#isEmpty && this.#problem === null);
  }

  #noted(): void {
    if (this.#problem !== null) this.#trim();
    if (this.#isScheduled || this.#flight !== undefined || this.#cancelPause !== undefined) return;
    this.#isScheduled = true;
    // By then the act that notes is over, so that all of it is in one batch.
    queueMicrotask(() => {
      this.#isScheduled = false;
      if (this.#flight === undefined && this.#cancelPause === undefined) this.#write();
    });
  }

  #write(): void {
    const { clock, history } = this.#options;
    const batch = this.#failed ?? this.#takeNext();
    const waiting = this.#failed === undefined && this.#closed.isEmpty
      ? this.#closing.splice(0)
      : [];
    const flight: Flight = { batch, waiting };
    this.#flight = flight;
    this.#failed = undefined;
    this.#beganAtMs = clock.monotonicMs();
    const loseWaiters = () => tell(flight.waiting.splice(0), this.#fail(impatient(this.#limits)));
    const cancelPatience = clock.after(this.#limits.patienceMs, loseWaiters);
    this.#landing = history.append(batch).then(
      () => this.#succeed(flight),
      (error) => this.#takeBack(flight, describe(error)),
    ).then(() => {
      cancelPatience();
      this.#goOn();
    });
  }

  #takeNext(): HistoryBatch {
    if (this.#closed.isEmpty) {
      [this.#closed, this.#open] = [this.#open, this.#closed];
      [this.#closing, this.#waiting] = [this.#waiting, []];
    }
    const id = `${this.#name}-${++this.#made}`;
    const { batchSamples: maxSamples } = this.#limits;
    return this.#closed.take({ id, at: this.#options.clock.now(), maxSamples });
  }

  #succeed({ batch, waiting }: Flight): void {
    this.#flight = undefined;
    this.#counters.batches++;
    this.#counters.samples += batch.samples.length;
    this.#failuresInARow = 0;
    if (this.#problem !== null) this.#options.log.info("history works again", this.#counters);
    this.#problem = null;
    tell(waiting, KEPT);
  }

  #takeBack({ batch, waiting }: Flight, reason: string): void {
    this.#flight = undefined;
    this.#failed = batch;
    tell(waiting, this.#fail(reason));
    if (this.#isStopped) return;
    const { firstPauseMs, maxPauseMs } = this.#limits;
    const pauseMs = Math.min(maxPauseMs, firstPauseMs * 2 ** this.#failuresInARow++);
    this.#cancelPause = this.#options.clock.after(pauseMs, () => {
      this.#cancelPause = undefined;
      this.#goOn();
    });
  }

  /** Nobody waits for what cannot be written. */
  #fail(reason: string): CommitResult {
    this.#counters.failures++;
    if (this.#problem === null) this.#options.log.error("history fails", { reason });
    this.#problem = reason;
    tell([...this.#closing.splice(0), ...this.#waiting.splice(0)], unsafe(reason));
    this.#trim();
    return unsafe(reason);
  }

  #trim(): void {
    const { samples, transitions } = this.#limits;
    const open = this.#open.trim({ samples, transitions });
    const closed = this.#closed.trim({
      samples: samples - this.#open.samples,
      transitions: transitions - this.#open.transitions,
    });
    this.#counters.lostSamples += open.samples + closed.samples;
    this.#counters.lostTransitions += open.transitions + closed.transitions;
  }

  #goOn(): void {
    if (this.#isStopped || this.#flight !== undefined || this.#cancelPause !== undefined) return;
    if (!this.#isEmpty) this.#write();
  }

  /** A gap is measured from when the monitor was last known to be alive. */
  #waitToBeAlive(): void {
    const { clock } = this.#options;
    const { aliveMs } = this.#limits;
    this.#cancelAlive = clock.after(aliveMs, () => {
      const isQuiet = clock.monotonicMs() - this.#beganAtMs >= aliveMs;
      const isFree = this.#flight === undefined && this.#cancelPause === undefined;
      if (isQuiet && isFree) this.#write();
      this.#waitToBeAlive();
    });
  }
}

function tell(waiting: readonly Waiter[], result: CommitResult): void {
  for (const resolve of waiting) resolve(result);
}

function unsafe(reason: string): CommitResult {
  return { kind: "unsafe", reason };
}

function impatient({ patienceMs }: GroupCommitLimits): string {
  return `nothing was written for ${formatDuration(patienceMs)}`;
}

function describe(error: unknown): string {
  if (error instanceof HistoryError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
