/**
 * One worker and the watch over it: starts it, believes only what passes its checks, and starts it again
 * when it crashes, falls silent or talks nonsense.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { WorkerSink } from "@/lib/ports/sample_source.ts";
import type { WorkerView } from "@/lib/protocol/views.ts";

import { type Fault, outstandingFaults } from "./faults.ts";
import { parseReport, type WorkerReport } from "./messages.ts";
import { decideRestart, describeTrouble, judgeSilence, type Trouble } from "./restart.ts";
import type { StartWorker, WorkerHandle } from "./worker_handle.ts";

/** A service that is simulated. */
export interface SimulatedService {
  /** Name of the service. */
  readonly name: string;
  /** Name of a profile. */
  readonly profile: string;
  /** Whole number; the same seed gives the same samples. */
  readonly seed: number;
}

/** What a {@linkcode WatchedWorker} needs. */
export interface WatchedWorkerOptions {
  /** Times pauses and silences. */
  readonly clock: Clock;
  /** Told of every restart and every message that was not believed. */
  readonly log: Log;
  /** From 0 (included) to 1 (excluded). */
  readonly random: () => number;
  /** Starts the worker, again and again if need be. */
  readonly startWorker: StartWorker;
  /** Time between two samples, in milliseconds. */
  readonly intervalMs: number;
  /** The longest silence of a worker that is still fine, in milliseconds. */
  readonly silentMs: number;
  /** The longest time from its start to its first message, in milliseconds. */
  readonly startMs: number;
}

/** So many invalid messages one after the other are a reason to restart. */
export const MAX_INVALID_IN_A_ROW = 5;
/** Longer reasons are cut, in characters. */
const MAX_REASON = 200;

interface Running {
  readonly kind: "running";
  /** Messages of an earlier worker of this service carry another number. */
  readonly generation: number;
  readonly handle: WorkerHandle;
  readonly startedAt: number;
  /** Last valid message by the monotonic clock; `null` before the first. */
  readonly heardAt: number | null;
  readonly invalidInARow: number;
  readonly failures: number;
}

type State =
  | { readonly kind: "idle" }
  | Running
  | { readonly kind: "pausing"; readonly cancel: Cancel }
  | { readonly kind: "stopped" };

/** Keeps the worker of one service alive. */
export class WatchedWorker {
  readonly #service: SimulatedService;
  readonly #options: WatchedWorkerOptions;
  readonly #sink: WorkerSink;
  #state: State = { kind: "idle" };
  #generation = 0;
  #faults: readonly Fault[] = [];
  #isCalm = false;
  /** When the present worker was told of its faults; it has felt none of earlier crashes. */
  #bornAt: Instant = -Infinity;
  #restarts = 0;
  #reason: string | null = null;
  #invalidMessages = 0;
  #cancelWatch: Cancel = () => {};

  /** Starts nothing yet. */
  constructor(service: SimulatedService, sink: WorkerSink, options: WatchedWorkerOptions) {
    this.#service = service;
    this.#sink = sink;
    this.#options = options;
  }

  /** How the worker is; the count holds the restart that is being waited for. */
  get view(): WorkerView {
    const state = this.#state.kind === "pausing" ? "restarting" : "running";
    return { state, restarts: this.#restarts, reason: this.#reason };
  }

  /** How many messages were not believed so far. */
  get invalidMessages(): number {
    return this.#invalidMessages;
  }

  /** Starts the worker; a second call does nothing. */
  start(): void {
    if (this.#state.kind === "idle") this.#launch(0);
  }

  /** Ends the worker, or the pause before it; a second call does nothing. */
  stop(): void {
    const state = this.#state;
    this.#state = { kind: "stopped" };
    this.#cancelWatch();
    if (state.kind === "pausing") state.cancel();
    if (state.kind !== "running") return;
    state.handle.post({ type: "stop" });
    state.handle.terminate();
  }

  /** Replaces all faults, now and for workers to come. A crash that began before this worker did is over. */
  setFaults(faults: readonly Fault[]): void {
    this.#faults = outstandingFaults(faults, this.#bornAt - 1);
    if (this.#state.kind !== "running") return;
    this.#state.handle.post({ type: "faults", faults: this.#faults });
  }

  /** Says whether anything goes wrong by itself, now and with workers to come. */
  setCalm(isCalm: boolean): void {
    this.#isCalm = isCalm;
    if (this.#state.kind === "running") this.#state.handle.post({ type: "calm", isCalm });
  }

  #launch(failures: number): void {
    const generation = ++this.#generation;
    const startedAt = this.#options.clock.monotonicMs();
    try {
      const handle = this.#options.startWorker({
        onMessage: (message) => this.#onMessage(generation, message),
        onError: (message) => this.#onError(generation, message),
      });
      this.#state = {
        kind: "running",
        generation,
        handle,
        startedAt,
        heardAt: null,
        invalidInARow: 0,
        failures,
      };
      this.#init(handle);
    } catch (error) {
      return this.#recover({ kind: "notStarted", message: textOf(error) }, failures);
    }
    this.#watch(this.#options.startMs);
    this.#note();
  }

  #init(handle: WorkerHandle): void {
    this.#bornAt = this.#options.clock.now();
    this.#faults = outstandingFaults(this.#faults, this.#bornAt);
    const { name, profile, seed } = this.#service;
    const { intervalMs } = this.#options;
    handle.post({ type: "init", service: name, profile, seed, intervalMs, faults: this.#faults });
    if (this.#isCalm) handle.post({ type: "calm", isCalm: true });
  }

  #onMessage(generation: number, message: unknown): void {
    const running = this.#running(generation);
    if (running === undefined) return;
    const parsed = parseReport(message, this.#service.name);
    switch (parsed.kind) {
      case "report":
        return this.#believe(running, parsed.report);
      case "invalid":
        return this.#refuse(running, parsed.problem);
    }
  }

  #believe(running: Running, report: WorkerReport): void {
    this.#state = { ...running, heardAt: this.#options.clock.monotonicMs(), invalidInARow: 0 };
    if (running.heardAt === null) this.#watch(this.#options.silentMs);
    if (report.type === "alive") return;
    const { service, at, metrics } = report;
    this.#sink.accept({ service, at, metrics });
  }

  #refuse(running: Running, problem: string): void {
    const count = running.invalidInARow + 1;
    this.#invalidMessages++;
    this.#options.log.warn("worker message refused", { service: this.#service.name, problem });
    this.#state = { ...running, invalidInARow: count };
    if (count >= MAX_INVALID_IN_A_ROW) {
      this.#recover({ kind: "invalid", count, problem }, running.failures);
    }
  }

  #onError(generation: number, message: string): void {
    const running = this.#running(generation);
    if (running !== undefined) this.#recover({ kind: "crashed", message }, running.failures);
  }

  /** One timer at a time: it looks how long ago the worker was heard, and sleeps for what is left. */
  #watch(delayMs: number): void {
    const { clock } = this.#options;
    const dueAt = clock.monotonicMs() + delayMs;
    this.#cancelWatch();
    this.#cancelWatch = clock.after(delayMs, () => this.#judge(dueAt));
  }

  #judge(dueAt: number): void {
    const state = this.#state;
    if (state.kind !== "running") return;
    const now = this.#options.clock.monotonicMs();
    const heardAt = state.heardAt ?? state.startedAt;
    const limitMs = state.heardAt === null ? this.#options.startMs : this.#options.silentMs;
    const silentMs = now - heardAt;
    switch (judgeSilence({ now, dueAt, heardAt, limitMs })) {
      case "alive":
        return this.#watch(limitMs - silentMs);
      case "overslept":
        return this.#watch(limitMs);
      case "hung":
        return this.#recover({ kind: "silent", forMs: Math.round(silentMs) }, state.failures);
    }
  }

  #recover(trouble: Trouble, earlier: number): void {
    const healthyMs = this.#abandon();
    const { clock, random, log } = this.#options;
    const { failures, pauseMs } = decideRestart({ failures: earlier, healthyMs }, random());
    this.#restarts++;
    this.#reason = describeTrouble(trouble).slice(0, MAX_REASON);
    this.#state = { kind: "pausing", cancel: clock.after(pauseMs, () => this.#launch(failures)) };
    log.warn("worker restarts", { service: this.#service.name, reason: this.#reason, pauseMs });
    this.#note();
  }

  /** Lets go of the worker; returns how long it did well, in milliseconds. */
  #abandon(): number {
    this.#cancelWatch();
    const state = this.#state;
    if (state.kind !== "running") return 0;
    state.handle.terminate();
    return state.heardAt === null ? 0 : state.heardAt - state.startedAt;
  }

  #running(generation: number): Running | undefined {
    const state = this.#state;
    return state.kind === "running" && state.generation === generation ? state : undefined;
  }

  #note(): void {
    this.#sink.noteWorker(this.#service.name, this.view);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
