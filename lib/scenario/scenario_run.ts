/**
 * One run of a scenario: begins each fault at its time, can be held, and is judged at its end.
 *
 * @module
 */

import { compareScenario } from "@/lib/domain/compare_scenario.ts";
import {
  nextMoment,
  type Scenario,
  type ScenarioEvent,
  type ScenarioFault,
} from "@/lib/domain/scenario.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import type { FaultDesk } from "@/lib/ports/fault_desk.ts";
import type { ScenarioRunView } from "@/lib/ports/scenario_desk.ts";

import { RunRecorder, type ScenarioSource } from "./run_recorder.ts";

/** What a {@linkcode ScenarioRun} needs. */
export interface ScenarioRunOptions {
  /** The time of the run. */
  readonly clock: Clock;
  /** Begins and ends its faults. */
  readonly faults: FaultDesk;
  /** What it is watched in. */
  readonly source: ScenarioSource;
  /** Whether there is a receiver whose notifications count. */
  readonly isTold: boolean;
  /** Hears that the run stands elsewhere than expected: it begins, is held, goes on or ends, or a moment has come. */
  readonly onChange: () => void;
}

/** What is told is looked for this often, in milliseconds. */
const LOOK_MS = 1_000;

/** A fault that acts, as the desk knows it. */
interface Acting {
  readonly id: string;
  readonly fault: ScenarioFault;
}

/** Runs once. */
export class ScenarioRun {
  /** What is played. */
  readonly scenario: Scenario;
  readonly #options: ScenarioRunOptions;
  readonly #recorder: RunRecorder;
  readonly #trouble: string[] = [];
  #state: ScenarioRunView["state"] = "running";
  /** How far it was at `#resumedMs` of the monotonic clock. */
  #reachedMs = 0;
  #resumedMs: number;
  #begun = 0;
  #acting: readonly Acting[] = [];
  /** What a pause has cut short, with the time that is left of each. */
  #cut: readonly ScenarioFault[] = [];
  #isTimed = true;
  /** What was next when it was last told. */
  #toldNextMs: number | undefined;
  #differences: readonly string[] = [];
  #cancel: Cancel = () => {};

  /** Takes how services are now; nothing happens yet. */
  constructor(scenario: Scenario, options: ScenarioRunOptions) {
    this.scenario = scenario;
    this.#options = options;
    this.#resumedMs = options.clock.monotonicMs();
    this.#recorder = new RunRecorder(options.source, scenario.services);
  }

  /** Begins, once. */
  begin(): void {
    this.#resumedMs = this.#options.clock.monotonicMs();
    this.#goOn();
  }

  /** Whether it is neither over nor stopped. */
  get isOn(): boolean {
    return this.#state === "running" || this.#state === "paused";
  }

  /** What came of it so far, by time. */
  get events(): readonly ScenarioEvent[] {
    return this.#recorder.events;
  }

  /** How it stands. */
  view(): ScenarioRunView {
    const { name, summary, durationMs } = this.scenario;
    const elapsedMs = this.#elapsedMs();
    return {
      ...{ name, summary, durationMs, state: this.#state, elapsedMs },
      at: this.#options.clock.now(),
      next: this.isOn ? nextMoment(this.scenario, elapsedMs) : null,
      differences: this.#differences,
    };
  }

  /** Takes a change that the source's answers already contain. */
  publish(change: Change): void {
    if (this.isOn) this.#recorder.noteChange(change, this.#elapsedMs());
  }

  /** Holds it: what acts is ended. */
  pause(): void {
    if (this.#state !== "running") return;
    this.#hold();
    this.#state = "paused";
    this.#isTimed = false;
    this.#cut = this.#endAll();
    this.#options.onChange();
  }

  /** Goes on; what was cut short acts for the time that was left of it. */
  resume(): void {
    if (this.#state !== "paused") return;
    this.#state = "running";
    this.#resumedMs = this.#options.clock.monotonicMs();
    for (const fault of this.#cut) this.#begin(fault);
    this.#cut = [];
    this.#goOn();
    this.#options.onChange();
  }

  /** Ends it and its faults, without a verdict. */
  stop(): void {
    if (!this.isOn) return;
    if (this.#state === "running") this.#hold();
    this.#state = "stopped";
    this.#endAll();
    this.#options.onChange();
  }

  #elapsedMs(): number {
    if (this.#state !== "running") return this.#reachedMs;
    const sinceMs = this.#options.clock.monotonicMs() - this.#resumedMs;
    return Math.min(this.scenario.durationMs, Math.round(this.#reachedMs + sinceMs));
  }

  /** Stops its time. */
  #hold(): void {
    this.#look();
    this.#reachedMs = this.#elapsedMs();
    this.#cancel();
  }

  #goOn(): void {
    const elapsedMs = this.#elapsedMs();
    this.#look();
    this.#beginDue(elapsedMs);
    if (elapsedMs >= this.scenario.durationMs) return this.#finish();
    const next = nextMoment(this.scenario, elapsedMs);
    const nextMs = Math.min(next?.atMs ?? Infinity, this.scenario.durationMs, elapsedMs + LOOK_MS);
    this.#cancel = this.#options.clock.after(nextMs - elapsedMs, () => this.#goOn());
    const isNews = next?.atMs !== this.#toldNextMs;
    this.#toldNextMs = next?.atMs;
    if (isNews) this.#options.onChange();
  }

  #beginDue(elapsedMs: number): void {
    for (;;) {
      const fault = this.scenario.timeline[this.#begun];
      if (fault === undefined || fault.atMs > elapsedMs) return;
      this.#begun++;
      this.#recorder.noteFault(fault, elapsedMs);
      this.#begin(fault);
    }
  }

  #begin(fault: ScenarioFault): void {
    const { service, kind, intensity, durationMs } = fault;
    const result = this.#options.faults.add({ service, kind, intensity, durationMs });
    if (result.kind === "done") {
      this.#acting = [...this.#acting, { id: result.value.id, fault }];
      return;
    }
    this.#trouble.push(`expected ${kind} on ${service} to begin, it was refused: ${result.kind}`);
  }

  /** Ends what acts; returns what is left of it. */
  #endAll(): ScenarioFault[] {
    const { faults, clock } = this.#options;
    const now = clock.now();
    const left = this.#acting.flatMap(({ id, fault }) => {
      const result = faults.end(id);
      if (result.kind !== "done") return [];
      const { startedAt, durationMs } = result.value;
      if (fault.kind === "crash" && now - startedAt >= FELT_WITHIN_MS) return [];
      const leftMs = startedAt + durationMs - now;
      return leftMs >= LEAST_MS ? [{ ...fault, durationMs: leftMs }] : [];
    });
    this.#acting = [];
    return left;
  }

  #look(): void {
    const now = this.#options.clock.now();
    const elapsedMs = this.#elapsedMs();
    this.#recorder.noteNotifications((at) => Math.max(0, elapsedMs - (now - at)));
  }

  #finish(): void {
    this.#hold();
    this.#endAll();
    const { isTold } = this.#options;
    const record = { events: this.events, isTimed: this.#isTimed, isTold };
    const found = compareScenario(this.scenario.expects, record);
    this.#differences = [...this.#trouble, ...found];
    this.#state = this.#differences.length === 0 ? "passed" : "failed";
    this.#options.onChange();
  }
}

/** A simulated service feels a fault within this time, in milliseconds: a crash has happened by then. */
const FELT_WITHIN_MS = 1_000;

/** A rest shorter than this is not worth a fault, in milliseconds. */
const LEAST_MS = 1_000;
