/**
 * Running scenarios on the live monitor.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

import type { ActResult } from "./alert_desk.ts";

/** A scenario that can be run. */
export interface ScenarioEntry {
  /** Its name, that of its file, such as `"monday-morning"`. */
  readonly name: string;
  /** What happens in it, in one sentence. */
  readonly summary: string;
  /** How long it takes, in milliseconds. */
  readonly durationMs: number;
}

/** Something that happens in a scenario. */
export interface ScenarioMoment {
  /** When, in milliseconds after the beginning. */
  readonly atMs: number;
  /** What, in words. */
  readonly what: string;
}

/** A scenario that runs, or has just ended. */
export interface ScenarioRunView extends ScenarioEntry {
  /** Where it stands. */
  readonly state: "running" | "paused" | "passed" | "failed" | "stopped";
  /** How far it is, in milliseconds after its beginning, at `at`; it goes on from there while it runs. */
  readonly elapsedMs: number;
  /** The instant of this view. */
  readonly at: Instant;
  /** What happens next; `null` if nothing more does. */
  readonly next: ScenarioMoment | null;
  /** Of one that ended: where expectation and fact differ, a line each; else none. */
  readonly differences: readonly string[];
}

/** Starts, pauses and stops. One scenario runs at a time. */
export interface ScenarioDesk {
  /** What can be run. */
  list(): readonly ScenarioEntry[];
  /** What runs, or ran last; `null` if none did. */
  current(): ScenarioRunView | null;
  /** Starts one; `conflict` if one runs already. */
  start(name: string): ActResult<ScenarioRunView>;
  /** Holds the one that runs: nothing new happens, and what acts is ended. */
  pause(): ActResult<ScenarioRunView>;
  /** Goes on with the one that is paused. */
  resume(): ActResult<ScenarioRunView>;
  /** Ends the one that runs, and all its faults. */
  stop(): ActResult<ScenarioRunView>;
}
