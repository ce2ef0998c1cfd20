/**
 * The parts of `vitals.config.jsonc` as they stand in the file, defaults filled in. `schema.ts` makes them
 * of unknown values; what they mean is in `lib/ports/monitor_config.ts` and `lib/domain`.
 *
 * @module
 */

import type { Severity } from "@/lib/domain/rule.ts";
import type { Limits, SourceConfig } from "@/lib/ports/monitor_config.ts";

/** A further metric. */
export interface MetricEntry {
  /** The key in a sample. */
  readonly id: string;
  /** The caption on a card. */
  readonly label: string;
  /** The name inside a sentence; the label if left out. */
  readonly name?: string | undefined;
  /** The unit behind the number. */
  readonly unit: string;
  /** The smallest value accepted. */
  readonly min: number;
  /** The largest value accepted. */
  readonly max: number;
  /** How many digits after the point are shown. */
  readonly decimals: number;
}

/** What can be said about a threshold, by a rule or by a service that overrides it. */
export interface ThresholdChanges {
  /** The limit, if values above it are bad. */
  readonly above?: number | undefined;
  /** The limit, if values below it are bad. */
  readonly below?: number | undefined;
  /** Where a firing alert may resolve; the limit if left out. */
  readonly clear?: number | undefined;
  /** The mean of how many latest samples is looked at. */
  readonly mean?: number | undefined;
  /** How many evaluations must breach: a number, or text such as `"3 of 5"`. */
  readonly for?: number | string | undefined;
}

/** A rule about the values of a metric. */
export interface ThresholdEntry extends ThresholdChanges {
  /** Unique among the rules. */
  readonly name: string;
  /** The id of a metric. */
  readonly metric: string;
  /** As in {@linkcode ThresholdChanges}. */
  readonly mean: number;
  /** As in {@linkcode ThresholdChanges}. */
  readonly for: number | string;
  /** How bad it is. */
  readonly severity: Severity;
  /** Names of services, `*` standing for any run of characters. */
  readonly services: readonly string[];
}

/** A rule about silence. */
export interface MissingHeartbeatEntry {
  /** Unique among the rules. */
  readonly name: string;
  /** The longest silence that is fine, as a duration. */
  readonly missingHeartbeat: string;
  /** How bad it is. */
  readonly severity: Severity;
  /** Names of services, `*` standing for any run of characters. */
  readonly services: readonly string[];
}

/** Any rule. */
export type RuleEntry = ThresholdEntry | MissingHeartbeatEntry;

/** What a service says differently about a rule. */
export interface RuleChanges extends ThresholdChanges {
  /** How bad it is. */
  readonly severity?: Severity | undefined;
  /** The longest silence that is fine, as a duration. */
  readonly missingHeartbeat?: string | undefined;
}

/** A service. */
export interface ServiceEntry {
  /** Unique among the services. */
  readonly name: string;
  /** Words to find it by. */
  readonly tags: readonly string[];
  /** Names of services it needs. */
  readonly dependsOn: readonly string[];
  /** Where its samples come from. */
  readonly source: SourceConfig;
  /** What is different for it, by name of rule; `false` switches the rule off. */
  readonly rules: Readonly<Record<string, RuleChanges | false>>;
}

/** The limits, which mean what they say. */
export type LimitsEntry = Limits;
