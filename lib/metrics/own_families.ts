/**
 * What `/metrics` tells of Vitals itself.
 *
 * @module
 */

import type { MetricFamily } from "@/lib/domain/exposition.ts";
import type { Health } from "@/lib/protocol/health.ts";

import { COLLECTOR_COUNTERS, HUB_COUNTERS, LEDGER_COUNTERS } from "./counter_texts.ts";
import { counters, flag, gauge, histogram, singleGauge, stateSamples } from "./families.ts";
import type { HistoryCounts, MonitorCounts, ProcessFacts } from "./measurements.ts";

/** Returns the families of the parts of the monitor. */
export function gatherParts(counts: MonitorCounts): MetricFamily[] {
  const { collector, hub, live, history, loopDelayMs } = counts;
  return [
    ...counters(COLLECTOR_COUNTERS, collector),
    ...counters(HUB_COUNTERS, hub),
    singleGauge({ name: "vitals_live_connections", help: "Open live connections." }, live.peers),
    ...gatherLatency(counts),
    ...history === null ? [] : gatherHistory(history),
    singleGauge(
      {
        name: "vitals_event_loop_delay_seconds",
        help: "The longest that the event loop kept callers waiting within the last ten seconds.",
        unit: "seconds",
      },
      loopDelayMs / 1_000,
    ),
  ];
}

function gatherLatency({ decision, delivery, live: { latencyMs } }: MonitorCounts): MetricFamily[] {
  return [
    histogram(
      {
        name: "vitals_decision_duration_seconds",
        help:
          "From the acceptance of samples, or another cause, to the decision over status and alerts.",
      },
      decision,
    ),
    histogram(
      {
        name: "vitals_delivery_duration_seconds",
        help: "From the acceptance of samples to their frame handed to the live connections.",
      },
      delivery,
    ),
    {
      kind: "summary",
      name: "vitals_delivery_recent_duration_seconds",
      help: "The same: quantiles of about the last minute; none if nothing was delivered in it.",
      unit: "seconds",
      quantiles: latencyMs === null ? [] : [
        { part: 0.5, value: latencyMs.p50 / 1_000 },
        { part: 0.99, value: latencyMs.p99 / 1_000 },
      ],
      count: delivery.count,
      sum: delivery.sumS,
    },
  ];
}

function gatherHistory(history: HistoryCounts): MetricFamily[] {
  return [
    ...counters(LEDGER_COUNTERS, history),
    singleGauge(
      { name: "vitals_history_waiting_samples", help: "Samples that wait to be written." },
      history.waitingSamples,
    ),
    singleGauge(
      { name: "vitals_history_up", help: "Whether the history can be written." },
      flag(history.isWorking),
    ),
  ];
}

const CHECK_STATUSES = ["pass", "warn", "fail"] as const;

/** Returns the families of the process and of its health. */
export function gatherProcess(process: ProcessFacts, health: Health): MetricFamily[] {
  return [
    gauge({ name: "vitals_build_info", help: "Always 1: the version of Vitals." }, [
      { labels: { version: health.version }, value: 1 },
    ]),
    gauge(
      {
        name: "vitals_health_check_status",
        help: "1 for the status that a check of Vitals itself has, else 0.",
      },
      Object.entries(health.checks).sort().flatMap(([check, { status: own }]) =>
        stateSamples(CHECK_STATUSES, own, (status) => ({ check, status }))
      ),
    ),
    singleGauge(
      {
        name: "process_start_time_seconds",
        help: "When the process started, in seconds since 1970.",
        unit: "seconds",
      },
      process.startedAt / 1_000,
    ),
    singleGauge(
      {
        name: "process_resident_memory_bytes",
        help: "How much memory the process takes.",
        unit: "bytes",
      },
      process.residentBytes,
    ),
  ];
}
