/**
 * What `/metrics` tells: the views that other routes show as well, and what the parts of the monitor count.
 *
 * @module
 */

import type { DurationCounts } from "@/lib/domain/duration_histogram.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { FaultView } from "@/lib/ports/fault_desk.ts";
import type { ScenarioRunView } from "@/lib/ports/scenario_desk.ts";
import type { Health } from "@/lib/protocol/health.ts";
import type {
  AlertView,
  LiveStats,
  MaintenanceView,
  NotificationCounts,
  ReceiverView,
  ServiceReading,
  SilenceView,
} from "@/lib/protocol/views.ts";

import type { COLLECTOR_COUNTERS, HUB_COUNTERS, LEDGER_COUNTERS } from "./counter_texts.ts";

/** What the parts of a running monitor count. */
export interface MonitorCounts {
  /** Samples since the start. */
  readonly collector: Readonly<Record<keyof typeof COLLECTOR_COUNTERS, number>>;
  /** Live connections since the start. */
  readonly hub: Readonly<Record<keyof typeof HUB_COUNTERS, number>>;
  /** Live connections now, and how long changes lately took to reach them. */
  readonly live: Pick<LiveStats, "peers" | "latencyMs">;
  /** From the acceptance of samples to the decision over them. */
  readonly decision: DurationCounts;
  /** From the acceptance of samples to their frame handed to the sockets. */
  readonly delivery: DurationCounts;
  /** What is written of the past; `null` if nothing is kept. */
  readonly history: HistoryCounts | null;
  /** The longest that the event loop lately kept callers waiting, in milliseconds. */
  readonly loopDelayMs: number;
}

/** What was written since the start, and what waits. */
export interface HistoryCounts extends Readonly<Record<keyof typeof LEDGER_COUNTERS, number>> {
  /** Samples that wait to be written. */
  readonly waitingSamples: number;
  /** Whether it can be written. */
  readonly isWorking: boolean;
}

/** What is known of the process. */
export interface ProcessFacts {
  /** When it started. */
  readonly startedAt: Instant;
  /** How much memory it takes, in bytes. */
  readonly residentBytes: number;
}

/** Everything that is told. */
export interface Measurements {
  /** Descriptors of all metrics that services may send, in the order of the configuration. */
  readonly metrics: readonly Metric[];
  /** All services. */
  readonly services: readonly ServiceReading[];
  /** Pending and firing alerts. */
  readonly alerts: readonly AlertView[];
  /** Silences that are kept. */
  readonly silences: readonly SilenceView[];
  /** Maintenance windows of the configuration. */
  readonly maintenance: readonly MaintenanceView[];
  /** Who is told. */
  readonly receivers: readonly ReceiverView[];
  /** What was counted about telling. */
  readonly notifications: NotificationCounts;
  /** Faults that act now. */
  readonly faults: readonly FaultView[];
  /** The scenario that is or was played; `null` if none was. */
  readonly scenario: ScenarioRunView | null;
  /** How Vitals itself is. */
  readonly health: Health;
  /** What its parts count. */
  readonly counts: MonitorCounts;
  /** The process. */
  readonly process: ProcessFacts;
}
