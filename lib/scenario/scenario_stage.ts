/**
 * The stage: plays scenarios on the running monitor, one at a time. While one is played nothing goes wrong by
 * itself.
 *
 * @module
 */

import type { ScenarioEvent } from "@/lib/domain/scenario.ts";
import type { ActResult } from "@/lib/ports/alert_desk.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { Cancel } from "@/lib/ports/clock.ts";
import type { PlayableScenario } from "@/lib/ports/playable_scenario.ts";
import type { ScenarioDesk, ScenarioEntry, ScenarioRunView } from "@/lib/ports/scenario_desk.ts";

import { ScenarioRun, type ScenarioRunOptions } from "./scenario_run.ts";

/** What a {@linkcode ScenarioStage} needs. */
export interface ScenarioStageOptions extends Omit<ScenarioRunOptions, "isTold" | "onChange"> {
  /** Tells why a scenario cannot be played here, in words; `null` if it can. */
  readonly misfit: (scenario: PlayableScenario) => string | null;
  /** Tells whether there is a receiver whose notifications count. */
  readonly isTold: () => boolean;
  /** Says whether services have trouble of their own. */
  readonly setCalm: (isCalm: boolean) => void;
  /** Says that what has changed so far does not count towards flapping: a scenario may be played again at once. */
  readonly steady: (services: readonly string[]) => void;
  /** Hears that what is played stands elsewhere than expected. */
  readonly onChange: () => void;
}

/** What can be played. */
export interface ScenarioOffer {
  /** The scenarios. */
  readonly scenarios: readonly PlayableScenario[];
  /** By name: what is wrong with others, in words. */
  readonly problems: ReadonlyMap<string, string>;
}

/** The verdict is shown for so long, in milliseconds. */
const SHOWN_MS = 30_000;

/** Plays scenarios. */
export class ScenarioStage implements ScenarioDesk {
  readonly #options: ScenarioStageOptions;
  #offer: ScenarioOffer = { scenarios: [], problems: new Map() };
  #run: ScenarioRun | null = null;
  #shown: ScenarioRunView | null = null;
  #cancel: Cancel = () => {};

  /** Plays nothing yet. */
  constructor(options: ScenarioStageOptions) {
    this.#options = options;
  }

  /** Takes what can be played from now on. */
  offer(offer: ScenarioOffer): void {
    this.#offer = offer;
  }

  list(): readonly ScenarioEntry[] {
    return this.#offer.scenarios.map(({ scenario: { name, summary, durationMs } }) => {
      return { name, summary, durationMs };
    });
  }

  current(): ScenarioRunView | null {
    return this.#run?.view() ?? null;
  }

  start(name: string): ActResult<ScenarioRunView> {
    const playable = this.#offer.scenarios.find(({ scenario }) => scenario.name === name);
    const problem = this.#offer.problems.get(name) ?? null;
    if (playable === undefined && problem === null) return { kind: "unknown" };
    if (this.#run?.isOn) {
      return { kind: "conflict", reason: `"${this.#run.scenario.name}" is played, stop it first` };
    }
    const reason = playable === undefined ? problem : this.#options.misfit(playable);
    if (playable === undefined || reason !== null) {
      return { kind: "conflict", reason: reason ?? "its file is wrong" };
    }
    this.#options.setCalm(true);
    this.#options.steady(playable.scenario.services);
    this.#run = new ScenarioRun(playable.scenario, {
      ...this.#options,
      isTold: this.#options.isTold(),
      onChange: () => this.#onChange(),
    });
    this.#run.begin();
    this.#onChange();
    return { kind: "done", value: this.#run.view() };
  }

  pause(): ActResult<ScenarioRunView> {
    return this.#act("running", (run) => run.pause());
  }

  resume(): ActResult<ScenarioRunView> {
    return this.#act("paused", (run) => run.resume());
  }

  stop(): ActResult<ScenarioRunView> {
    return this.#act(null, (run) => run.stop());
  }

  /** What came of the run that is on, or was last, by time. */
  events(): readonly ScenarioEvent[] {
    return this.#run?.events ?? [];
  }

  /**
   * What is to be seen: the run that is on or has ended a moment ago, as it stood at its last moment; `null` if
   * there is none. The same object until the next moment.
   */
  shown(): ScenarioRunView | null {
    return this.#shown;
  }

  /** Takes a change that the source's answers already contain. */
  publish(change: Change): void {
    this.#run?.publish(change);
  }

  /** Ends what is played, and all waiting. */
  close(): void {
    this.#run?.stop();
    this.#cancel();
  }

  #act(
    state: ScenarioRunView["state"] | null,
    act: (run: ScenarioRun) => void,
  ): ActResult<ScenarioRunView> {
    const run = this.#run;
    if (run === null) return { kind: "conflict", reason: "no scenario is played" };
    if (!run.isOn || (state !== null && run.view().state !== state)) {
      return { kind: "conflict", reason: `"${run.scenario.name}" is ${run.view().state}` };
    }
    act(run);
    return { kind: "done", value: run.view() };
  }

  #onChange(): void {
    const run = this.#run;
    this.#cancel();
    this.#show(run?.view() ?? null);
    if (run === null || run.isOn) return;
    this.#options.setCalm(false);
    this.#cancel = this.#options.clock.after(SHOWN_MS, () => this.#show(null));
  }

  #show(view: ScenarioRunView | null): void {
    this.#shown = view;
    this.#options.onChange();
  }
}
