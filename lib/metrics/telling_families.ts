/**
 * What `/metrics` tells of notifications, and of what is done to simulated services.
 *
 * @module
 */

import type { MetricFamily } from "@/lib/domain/exposition.ts";
import type { FaultView } from "@/lib/ports/fault_desk.ts";
import type { ScenarioRunView } from "@/lib/ports/scenario_desk.ts";
import type { DeliveryCounts, NotificationCounts, ReceiverView } from "@/lib/protocol/views.ts";

import { DELIVERY_COUNTERS } from "./counter_texts.ts";
import { counter, flag, gauge, singleGauge, stateSamples } from "./families.ts";

/** Returns the families of who is told. */
export function gatherReceivers(
  receivers: readonly ReceiverView[],
  counts: NotificationCounts,
): MetricFamily[] {
  return [
    gauge(
      { name: "vitals_receiver_up", help: "Whether the latest attempt to deliver did not fail." },
      receivers.map(({ name, kind, state }) => {
        return { labels: { receiver: name, kind }, value: flag(state === "ok") };
      }),
    ),
    gauge(
      { name: "vitals_receiver_queued_notifications", help: "Notifications that wait." },
      receivers.map(({ name, queued }) => ({ labels: { receiver: name }, value: queued })),
    ),
    gauge(
      {
        name: "vitals_receiver_last_delivery_timestamp_seconds",
        help: "When the latest notification was delivered; none before the first.",
        unit: "seconds",
      },
      receivers.flatMap(({ name, deliveredAt }) =>
        deliveredAt === null ? [] : [{ labels: { receiver: name }, value: deliveredAt / 1_000 }]
      ),
    ),
    counter(
      {
        name: "vitals_notification_decisions",
        help: "Decisions to tell a receiver or not, by their reason.",
      },
      Object.entries(counts.decisions).sort().map(([reason, value]) => ({
        labels: { reason },
        value,
      })),
    ),
    ...gatherDeliveries(counts.receivers),
  ];
}

function gatherDeliveries(receivers: NotificationCounts["receivers"]): MetricFamily[] {
  const keys = Object.keys(DELIVERY_COUNTERS) as (keyof DeliveryCounts)[];
  return keys.map((key) =>
    counter(
      DELIVERY_COUNTERS[key],
      Object.entries(receivers).map(([receiver, counts]) => {
        return { labels: { receiver }, value: counts[key] };
      }),
    )
  );
}

const RUN_STATES: readonly ScenarioRunView["state"][] = [
  ...["running", "paused", "passed", "failed", "stopped"] as const,
];

/** Returns the families of faults and of the scenario. */
export function gatherFaults(
  faults: readonly FaultView[],
  scenario: ScenarioRunView | null,
): MetricFamily[] {
  const counts = new Map<string, { labels: Readonly<Record<string, string>>; value: number }>();
  for (const { service, kind } of faults) {
    const key = `${service} ${kind}`;
    const value = (counts.get(key)?.value ?? 0) + 1;
    counts.set(key, { labels: { service, kind }, value });
  }
  return [
    gauge(
      { name: "vitals_faults", help: "Faults that act on simulated services." },
      [...counts].sort().map(([, sample]) => sample),
    ),
    gauge(
      {
        name: "vitals_scenario_state",
        help: "1 for the state of the scenario that is or was played last, else 0.",
      },
      scenario === null
        ? []
        : stateSamples(RUN_STATES, scenario.state, (state) => ({ scenario: scenario.name, state })),
    ),
    singleGauge(
      {
        name: "vitals_scenario_elapsed_seconds",
        help: "How far the scenario is; 0 if none was played.",
        unit: "seconds",
      },
      (scenario?.elapsedMs ?? 0) / 1_000,
    ),
  ];
}
