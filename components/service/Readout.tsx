/**
 * The numbers of a chart at the cursor; without a cursor, those of the whole window.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import type { Instant } from "@/lib/domain/instant.ts";
import { formatValue, type Metric } from "@/lib/domain/metric.ts";
import type { SeriesColumns } from "@/lib/protocol/history_views.ts";

import { useTimes } from "../Time.tsx";
import { type Holes, readRow, sumAll } from "./series_columns.ts";

/** Props of {@linkcode Readout}. */
export interface ReadoutProps {
  readonly metric: Metric;
  readonly columns: SeriesColumns;
  readonly holes: Holes;
  readonly cursor: ReadonlySignal<Instant | null>;
}

/** Renders the numbers. It alone of a chart follows the cursor. */
export function Readout({ metric, columns, holes, cursor }: ReadoutProps): VNode {
  const { format, now } = useTimes();
  const at = cursor.value;
  if (at === null) return <WindowReadout metric={metric} columns={columns} />;
  const row = readRow(columns, at, holes);
  const time = format.exact(row?.at ?? at, now.peek());
  if (row === undefined) return <p class="readout">{time} · no samples</p>;
  const [mean, min, max] = [row.mean, row.min, row.max].map((value) => formatValue(metric, value));
  return (
    <p class="readout" data-cursor="true">
      <span>{time}</span> <b>{mean}</b>
      {row.min !== row.max && <span>{` ${min} to ${max}`}</span>}
    </p>
  );
}

function WindowReadout({ metric, columns }: Pick<ReadoutProps, "metric" | "columns">): VNode {
  const sum = sumAll(columns);
  if (sum === undefined) return <p class="readout">no samples</p>;
  const [mean, min, max] = [sum.mean, sum.min, sum.max].map((value) => formatValue(metric, value));
  return (
    <p class="readout">
      <span>mean</span> <b>{mean}</b> <span>{`${min} to ${max}`}</span>
    </p>
  );
}
