/**
 * What runs inside a worker: takes a step of the model on each mark of the time grid and reports it. It
 * gets its clock and its voice from outside and knows nothing of Web Workers.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";

import { type InitMessage, parseCommand } from "./commands.ts";
import { seedPhase } from "./events.ts";
import { type Disturbance, type Fault, pressureOf, STEP_MS } from "./faults.ts";
import type { WorkerReport } from "./messages.ts";
import { simulate, type Simulated } from "./model.ts";
import { profileNamed } from "./profiles.ts";

/** What a {@linkcode Simulation} needs. */
export interface SimulationOptions {
  /** Gives the time grid. */
  readonly clock: Pick<Clock, "now" | "after">;
  /** Sends a report to the supervisor. */
  readonly post: (report: WorkerReport) => void;
  /** Called once it was told to stop. */
  readonly onStop: () => void;
}

type Running = Extract<State, { readonly kind: "running" }>;

type State =
  | { readonly kind: "waiting" }
  | {
    readonly kind: "running";
    readonly init: InitMessage;
    readonly simulated: Simulated;
    readonly lastStep: number;
    /** What is on its way over a slow network, oldest first. */
    readonly underWay: readonly WorkerReport[];
    readonly cancel: Cancel;
  }
  | { readonly kind: "stopped" };

/** One simulated service in its worker. */
export class Simulation {
  readonly #options: SimulationOptions;
  #state: State = { kind: "waiting" };

  /** Waits for its `init` message. */
  constructor(options: SimulationOptions) {
    this.#options = options;
  }

  /**
   * Obeys a message of the supervisor.
   *
   * @throws {TypeError} If the message is not one, or a second `init`, or anything before the first.
   * @throws {RangeError} If there is no such profile.
   */
  receive(message: unknown): void {
    const command = parseCommand(message);
    switch (command.type) {
      case "init":
        return this.#begin(command);
      case "faults":
        return this.#setFaults(command.faults);
      case "calm":
        return this.#setCalm(command.isCalm);
      case "stop":
        return this.#stop();
    }
  }

  #begin(init: InitMessage): void {
    if (this.#state.kind !== "waiting") {
      throw new TypeError(`Cannot begin simulation: it is ${this.#state.kind}`);
    }
    const simulated = {
      profile: profileNamed(init.profile),
      seed: init.seed,
      faults: onModelTime(init.faults, init.intervalMs),
    };
    const lastStep = this.#stepAt(init);
    this.#state = {
      ...{ kind: "running", init, simulated, lastStep, underWay: [] },
      cancel: this.#schedule(init),
    };
  }

  #setFaults(faults: readonly Fault[]): void {
    const state = this.#state;
    if (state.kind !== "running") {
      throw new TypeError(`Cannot set faults of simulation: it is ${state.kind}`);
    }
    const simulated = {
      ...state.simulated,
      faults: onModelTime(faults, state.init.intervalMs),
    };
    this.#state = { ...state, simulated };
  }

  #setCalm(isCalm: boolean): void {
    const state = this.#state;
    if (state.kind !== "running") {
      throw new TypeError(`Cannot set calm of simulation: it is ${state.kind}`);
    }
    this.#state = { ...state, simulated: { ...state.simulated, isCalm } };
  }

  #stop(): void {
    if (this.#state.kind === "running") this.#state.cancel();
    this.#state = { kind: "stopped" };
    this.#options.onStop();
  }

  /** Always aims at the next mark of the wall clock, so lateness never adds up. */
  #schedule(init: InitMessage): Cancel {
    const { clock } = this.#options;
    const nextMark = markOf(init, this.#stepAt(init) + 1);
    return clock.after(nextMark - clock.now(), () => this.#onMark());
  }

  #onMark(): void {
    const state = this.#state;
    if (state.kind !== "running") return;
    const step = this.#stepAt(state.init);
    const running = { ...state, lastStep: step, cancel: this.#schedule(state.init) };
    this.#state = running;
    // A timer may run a little early, before the mark; the next one is then due at once.
    if (step !== state.lastStep) this.#report(running, step);
  }

  /**
   * Sends what the step has brought, over a network that may be slow: each step one report sets out, and
   * what has been under way for as many steps as the delay has arrives. Nothing overtakes.
   */
  #report(running: Running, step: number): void {
    const { init: { service }, simulated: { faults } } = running;
    const { delayMs } = pressureOf(faults, step * STEP_MS);
    const sent = [...running.underWay, reportOf(running, step)];
    const arrived = Math.max(0, sent.length - Math.round(delayMs / STEP_MS));
    this.#state = { ...running, underWay: sent.slice(arrived) };
    for (const report of sent.slice(0, arrived)) this.#options.post(report);
    // The service is heard late, its worker is not.
    if (arrived === 0) {
      this.#options.post({ type: "alive", service, at: markOf(running.init, step) });
    }
  }

  #stepAt(init: InitMessage): number {
    return Math.floor((this.#options.clock.now() - markOf(init, 0)) / init.intervalMs);
  }
}

function reportOf({ init, simulated }: Running, step: number): WorkerReport {
  const { service } = init;
  const at = markOf(init, step);
  const outcome = simulate(simulated, step);
  switch (outcome.kind) {
    case "sample": {
      const { skewMs } = pressureOf(simulated.faults, step * STEP_MS);
      return { type: "sample", service, at: at + skewMs, metrics: outcome.metrics };
    }
    case "silent":
      return { type: "alive", service, at };
    case "crash":
      throw new Error(`Cannot go on: "${service}" was told to crash`);
  }
}

/** Services take turns within the interval, so that their samples do not all come at once. */
function markOf({ seed, intervalMs }: InitMessage, step: number): Instant {
  return step * intervalMs + Math.floor(seedPhase(seed) * intervalMs);
}

/** A step of the model is always {@linkcode STEP_MS} to it, however often steps are taken. */
function onModelTime(faults: readonly Fault[], intervalMs: number): readonly Disturbance[] {
  const speed = STEP_MS / intervalMs;
  return faults.map((fault) => ({
    ...fault,
    startedAt: fault.startedAt * speed,
    durationMs: fault.durationMs * speed,
  }));
}
