/**
 * The stage: plays scenarios on the running monitor, one at a time. While one is played nothing goes wrong by
 * itself.
 *
 * @module
 */

import type { ScenarioEvent } from "@/lib/domain/scenario.ts";
import type { ActResult } from "@/lib/ports/alert_desk.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { PlayableScenario } from "@/lib/ports/playable_scenario.ts";
import type { ScenarioDesk, ScenarioEntry, ScenarioRunView } from "@/lib/ports/scenario_desk.ts";

import { ScenarioRun, type ScenarioRunOptions } from "./scenario_run.ts";

/** What a {@linkcode ScenarioStage} needs. */
export interface ScenarioStageOptions extends Omit<ScenarioRunOptions, "isTold" | "onChange"> {
  /** What can be played. */
  readonly scenarios: readonly PlayableScenario[];
  /** Tells why a scenario cannot be played here, in words; `null` if it can. */
  readonly misfit: (scenario: PlayableScenario) => string | null;
  /** Tells whether there is a receiver whose notifications count. */
  readonly isTold: () => boolean;
  /** Says whether services have trouble of their own. */
  readonly setCalm: (isCalm: boolean) => void;
  /** Hears that what is played stands elsewhere than expected. */
  readonly onChange: () => void;
}

/** Plays scenarios. */
export class ScenarioStage implements ScenarioDesk {
  readonly #options: ScenarioStageOptions;
  #run: ScenarioRun | null = null;

  /** Plays nothing yet. */
  constructor(options: ScenarioStageOptions) {
    this.#options = options;
  }

  list(): readonly ScenarioEntry[] {
    return this.#options.scenarios.map(({ scenario: { name, summary, durationMs } }) => {
      return { name, summary, durationMs };
    });
  }

  current(): ScenarioRunView | null {
    return this.#run?.view() ?? null;
  }

  start(name: string): ActResult<ScenarioRunView> {
    const playable = this.#options.scenarios.find(({ scenario }) => scenario.name === name);
    if (playable === undefined) return { kind: "unknown" };
    if (this.#run?.isOn) {
      return { kind: "conflict", reason: `"${this.#run.scenario.name}" is played, stop it first` };
    }
    const misfit = this.#options.misfit(playable);
    if (misfit !== null) return { kind: "conflict", reason: misfit };
    this.#options.setCalm(true);
    this.#run = new ScenarioRun(playable.scenario, {
      ...this.#options,
      isTold: this.#options.isTold(),
      onChange: () => this.#onChange(),
    });
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

  /** Takes a change that the source's answers already contain. */
  publish(change: Change): void {
    this.#run?.publish(change);
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
    if (this.#run?.isOn === false) this.#options.setCalm(false);
    this.#options.onChange();
  }
}
