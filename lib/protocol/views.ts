/**
 * The shapes that leave Vitals: services, alerts and statistics as JSON, over HTTP and on the live socket.
 * Types only, so that islands can import them for free; `schemas.ts` holds their zod schemas.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { Rule, Severity } from "@/lib/domain/rule.ts";
import type { SeriesSample } from "@/lib/domain/sample.ts";
import type { Status } from "@/lib/domain/status.ts";
import type { StatusStrip } from "@/lib/domain/status_strip.ts";

/** The worker behind a simulated service. */
export interface WorkerView {
  /** `running`, or `restarting` while the supervisor waits to start it again. */
  readonly state: "running" | "restarting";
  /** How often it was restarted since the monitor started. */
  readonly restarts: number;
  /** Why it was last restarted, in words; `null` if never. */
  readonly reason: string | null;
}

/** Where a service's samples come from. */
export type SourceView =
  | { readonly kind: "simulated"; readonly worker: WorkerView }
  | { readonly kind: "push" };

/** One series of a service: its latest samples and their sums. */
export interface MetricView {
  /** The last value. */
  readonly value: number;
  /** Mean of the window. */
  readonly avg: number;
  /** The least value of the window. */
  readonly min: number;
  /** The greatest value of the window. */
  readonly max: number;
  /** The limit of the rule that watches this series; `null` if none does. */
  readonly limit: number | null;
  /** Whether an alert on this series is pending or firing. */
  readonly breach: boolean;
  /** Values, oldest first: the whole window in a snapshot, only new ones in a delta. */
  readonly recent: readonly number[];
  /** Instants of `recent`: the first as it is, each further one as milliseconds after the one before. */
  readonly times: readonly number[];
}

/** One service as seen from outside. */
export interface ServiceView {
  /** Unique: 1 to 64 of `a-z 0-9 . _ -`, but not `.` or `..`. */
  readonly name: string;
  /** Words to find it by, as configured. */
  readonly tags: readonly string[];
  /** Names of the services it needs, as configured. */
  readonly dependsOn: readonly string[];
  /** Where its samples come from. */
  readonly source: SourceView;
  /** Derived from its firing alerts. */
  readonly status: Status;
  /** Since when it has this status. */
  readonly since: Instant;
  /** When the last sign of life arrived, by the monitor's clock; `null` before the first. */
  readonly lastHeartbeat: Instant | null;
  /** By metric id; a metric that was never sent is left out. */
  readonly metrics: Readonly<Record<string, MetricView>>;
  /** Ids of its pending and firing alerts. */
  readonly alerts: readonly string[];
  /** The status over the last minutes. */
  readonly strip: StatusStrip;
}

/** One alert as seen from outside. */
export interface AlertView {
  /** Unique among all alerts of this process. */
  readonly id: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Name of the service it is about. */
  readonly service: string;
  /** How bad it is. */
  readonly severity: Severity;
  /** How far it is: `resolved` is the end. */
  readonly state: "pending" | "firing" | "resolved";
  /** When the breach began. */
  readonly since: Instant;
  /** When it began to fire; `null` if it has not. */
  readonly firedAt: Instant | null;
  /** When it was resolved; `null` if it is not. */
  readonly resolvedAt: Instant | null;
  /** The latest number the rule computed, in `unit`. */
  readonly value: number;
  /** The worst number so far. */
  readonly peak: number;
  /** The limit of the rule, in `unit`. */
  readonly limit: number;
  /** Unit of `value`, `peak` and `limit`, such as `%` or `ms`. */
  readonly unit: string;
  /** The reason in words, as of the latest transition. */
  readonly message: string;
  /** The samples looked at by the latest transition. */
  readonly evidence: readonly SeriesSample[];
  /** How far a pending alert is on its way to firing. */
  readonly progress: { readonly breaches: number; readonly needed: number };
  /** The rule as it was at the latest transition. */
  readonly definition: Rule;
  /** Whether a person has said to be on it. */
  readonly acknowledged: boolean;
  /** Id of the silence that mutes it; `null` if none. */
  readonly silencedBy: string | null;
  /** Id of the alert that inhibits it; `null` if none. */
  readonly inhibitedBy: string | null;
}

/** Numbers about Vitals itself. */
export interface LiveStats {
  /** Samples accepted per second, over the last ten seconds. */
  readonly samplesPerSecond: number;
  /** Open live connections. */
  readonly peers: number;
  /** From a sample's acceptance to its frame handed to the sockets, in milliseconds; `null` before the first. */
  readonly latencyMs: { readonly p50: number; readonly p99: number } | null;
}

/** Everything the dashboard shows, at one instant. */
export interface DashboardView {
  /** The instant. */
  readonly at: Instant;
  /** Descriptors of all metrics, in the order of the screen. */
  readonly metrics: readonly Metric[];
  /** All services, worst first, then by name. */
  readonly services: readonly ServiceView[];
  /** Pending and firing alerts. */
  readonly alerts: readonly AlertView[];
  /** Vitals itself. */
  readonly stats: LiveStats;
}
