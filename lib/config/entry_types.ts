/**
 * The parts of `vitals.config.jsonc` as they stand in the file, defaults filled in. `schema.ts` makes them
 * of unknown values; what they mean is in `lib/ports/monitor_config.ts` and `lib/domain`.
 *
 * @module
 */

import type { Severity } from "@/lib/domain/rule.ts";
import type { CorsConfig, Limits, TokenConfig, TrustProxy } from "@/lib/ports/monitor_config.ts";

import type { SourceEntry } from "./sources/schema_source.ts";

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
  /** How many evaluations must breach: a number, or text such as `"3 of 5"` or `"2m"`. */
  readonly for?: number | string | undefined;
  /** How long it must be good again before it resolves, as a duration. */
  readonly keepFiringFor?: string | undefined;
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
  /** A second, worse limit. */
  readonly critical?: number | undefined;
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
  /** The silence from which on it is critical, as a duration. */
  readonly critical?: string | undefined;
  /** How long heartbeats must have come again before it resolves, as a duration. */
  readonly keepFiringFor?: string | undefined;
  /** How bad it is; left out, critical, or a warning if there is a critical silence. */
  readonly severity?: Severity | undefined;
  /** Names of services, `*` standing for any run of characters. */
  readonly services: readonly string[];
}

/** Any rule. */
export type RuleEntry = ThresholdEntry | MissingHeartbeatEntry;

/** What a service says differently about a rule. */
export interface RuleChanges extends ThresholdChanges {
  /** How bad it is. */
  readonly severity?: Severity | undefined;
  /** A number or a duration, as fits the rule; `false` for none. */
  readonly critical?: number | string | false | undefined;
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
  readonly source: SourceEntry;
  /** What is different for it, by name of rule; `false` switches the rule off. */
  readonly rules: Readonly<Record<string, RuleChanges | false>>;
}

/** Which alerts something is about. */
export interface MatchEntry {
  /** Name of the service, `*` standing for any run of characters. */
  readonly service?: string | undefined;
  /** Name of the rule, `*` standing for any run of characters. */
  readonly rule?: string | undefined;
  /** A tag of the service. */
  readonly tag?: string | undefined;
  /** How bad the alert is. */
  readonly severity?: Severity | undefined;
}

/** What every receiver has; durations as texts. */
export interface ReceiverCommonEntry {
  /** Unique among the receivers. */
  readonly name: string;
  /** Which alerts it is for. */
  readonly match: MatchEntry;
  /** The least that it is told of. */
  readonly minSeverity: Severity;
  /** How long after a message one reminds; `false` for never. */
  readonly repeat: string | false;
  /** How long the first message waits. */
  readonly groupWait: string;
  /** How long after a message further alerts are told. */
  readonly groupInterval: string;
  /** Whether it is told of the end. */
  readonly sendResolved: boolean;
  /** Such as `"20 in 1m"`. */
  readonly rate: string;
}

/** A receiver; texts that may hold `${NAME}` are as they stand in the file. */
export type ReceiverEntry =
  & ReceiverCommonEntry
  & (
    | { readonly kind: "webhook"; readonly url: string; readonly secret?: string | undefined }
    | { readonly kind: "slack" | "discord"; readonly url: string }
    | { readonly kind: "ntfy"; readonly url: string; readonly token?: string | undefined }
    | {
      readonly kind: "email";
      readonly url: string;
      readonly from: string;
      readonly to: readonly string[];
    }
    | { readonly kind: "log" }
  );

/** What every maintenance window has. */
export interface WindowCommonEntry {
  /** Unique among the windows. */
  readonly name: string;
  /** Why. */
  readonly reason?: string | undefined;
  /** Which alerts it mutes. */
  readonly match: MatchEntry;
}

/** A maintenance window: once, or each week. */
export type MaintenanceEntry =
  & WindowCommonEntry
  & (
    | {
      readonly from: string;
      readonly to: string;
      readonly timeZone?: string | undefined;
    }
    | {
      readonly every: "day" | readonly string[];
      readonly at: string;
      readonly duration: string;
      readonly timeZone: string;
    }
  );

/** What holds for alerts as a whole; durations as texts. */
export interface AlertingEntry {
  /** When an alert counts as flapping. */
  readonly flapping: { readonly changes: number; readonly window: string };
  /** How long dependents may take to recover after their parent. */
  readonly parentGrace: string;
}

/** How long each tier of the history is kept, as durations; what is left out takes its default. */
export interface RetentionEntry {
  /** Samples as they came. */
  readonly raw?: string | undefined;
  /** Buckets of ten seconds. */
  readonly "10s"?: string | undefined;
  /** Buckets of a minute. */
  readonly "1m"?: string | undefined;
  /** Buckets of an hour, and events. */
  readonly "1h"?: string | undefined;
}

/** What is said about the history. */
export interface HistoryEntry {
  /** The folder that it is kept in. */
  readonly path?: string | undefined;
  /** How long it is kept. */
  readonly retention: RetentionEntry;
}

/** What is said about the status page. */
export interface StatusPageEntry {
  /** Whether there is one. */
  readonly enabled: boolean;
  /** What it is called. */
  readonly title: string;
  /** A sentence below the title. */
  readonly description?: string | undefined;
  /** Names of the services shown, `*` standing for any run of characters. */
  readonly services?: readonly string[] | undefined;
  /** Services under headings. */
  readonly groups: readonly { readonly name: string; readonly services: readonly string[] }[];
  /** What services are called in public, by their names. */
  readonly names: Readonly<Record<string, string>>;
  /** What maintenance windows are for, by their names. */
  readonly maintenance: Readonly<Record<string, string>>;
}

/** What is said about reading from other sites, which means what it says. */
export type CorsEntry = CorsConfig;

/** Who may do what. */
export interface AuthEntry {
  /** The tokens, beside that of the environment. */
  readonly tokens: readonly TokenConfig[];
  /** Whether everybody may read, although there are tokens. */
  readonly publicReads: boolean;
  /** Whose word counts about where a request came from; its addresses may still be none. */
  readonly trustProxy: TrustProxy;
  /** How long a session lasts at most. */
  readonly sessionHours: number;
}

/** The limits, which mean what they say. */
export type LimitsEntry = Limits;
