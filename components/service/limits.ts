/**
 * The limits that are drawn on the chart of a metric.
 *
 * @module
 */

import { formatLimit, type Metric } from "@/lib/domain/metric.ts";
import type { LiveMetric } from "@/lib/protocol/live_state.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

/** A limit on a chart. */
export interface ChartLimit {
  readonly kind: "limit" | "critical";
  readonly value: number;
  /** The value with its unit. */
  readonly text: string;
}

/** What limits are known from: the live series, and the rules of alerts. */
export interface LimitFacts {
  /** `undefined` if the service does not send the metric now. */
  readonly live: Pick<LiveMetric, "limit"> | undefined;
  /** Pending and firing alerts of the service. */
  readonly alerts: readonly Pick<AlertView, "definition">[];
}

/** Returns the limits of a metric, each once, the highest first. */
export function findLimits(metric: Metric, { live, alerts }: LimitFacts): readonly ChartLimit[] {
  const found = new Map<number, ChartLimit["kind"]>();
  for (const { definition } of alerts) {
    if (definition.kind !== "threshold" || definition.metric.id !== metric.id) continue;
    if (definition.critical !== null) found.set(definition.critical, "critical");
    found.set(definition.limit, definition.severity === "critical" ? "critical" : "limit");
  }
  const limit = live?.limit ?? null;
  if (limit !== null && !found.has(limit)) found.set(limit, "limit");
  return [...found]
    .map(([value, kind]) => ({ kind, value, text: formatLimit(metric, value) }))
    .sort((a, b) => b.value - a.value);
}
