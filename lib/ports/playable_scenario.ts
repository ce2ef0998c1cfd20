/**
 * A scenario with what it is played under. Reading its file is `lib/config`'s matter; nothing here can be wrong
 * any more.
 *
 * @module
 */

import type { Scenario } from "@/lib/domain/scenario.ts";

import type { MonitorConfig } from "./monitor_config.ts";

/** A scenario that can be played. */
export interface PlayableScenario {
  /** The scenario. */
  readonly scenario: Scenario;
  /** Its services under the default rules and their own, and one receiver for everything. */
  readonly config: MonitorConfig;
}
