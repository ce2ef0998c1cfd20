/**
 * All that a chart shows of one metric, computed from the columns of samples.
 *
 * @module
 */

import { scaleValues, type ValueScale } from "@/lib/domain/chart_scale.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { HistoryView, SeriesColumns } from "@/lib/protocol/history_views.ts";

import type { ChartLimit } from "./limits.ts";

/**
 * Returns the metrics that have a chart: those with samples in the window, and those that the service sends, in the
 * order of the screen. One that is not described any more is shown all the same.
 */
export function findCharted(
  known: readonly Metric[],
  present: { readonly history: HistoryView; readonly live: Readonly<Record<string, unknown>> },
): readonly Metric[] {
  const ids = new Set([...Object.keys(present.history.metrics), ...Object.keys(present.live)]);
  const described = known.filter(({ id }) => ids.delete(id));
  return [...described, ...[...ids].sort().map(describeForgotten)];
}

function describeForgotten(id: string): Metric {
  return { id, label: id, name: id, unit: "", min: -Infinity, max: Infinity, decimals: 2 };
}

/** Returns the scale that holds all samples and limits. */
export function scaleChart(columns: SeriesColumns, limits: readonly ChartLimit[]): ValueScale {
  return scaleValues([...columns.min, ...columns.max, ...limits.map(({ value }) => value)]);
}
