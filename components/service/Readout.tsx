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
import * as words from "@/texts/service_page.ts";

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
  if (row === undefined) return <p class="readout">{words.noSamplesAt(time)}</p>;
  const { mean, min, max } = formatRange(metric, row);
  return (
    <p class="readout" data-cursor="true">
      <span>{time}</span> <b>{mean}</b>
      {row.min !== row.max && <span>{` ${words.range(min, max)}`}</span>}
    </p>
  );
}

function WindowReadout({ metric, columns }: Pick<ReadoutProps, "metric" | "columns">): VNode {
  const sum = sumAll(columns);
  if (sum === undefined) return <p class="readout">{words.noSamples}</p>;
  const { mean, min, max } = formatRange(metric, sum);
  return (
    <p class="readout">
      <span>{words.meanWord}</span> <b>{mean}</b> <span>{words.range(min, max)}</span>
    </p>
  );
}

type Range<Value> = Readonly<Record<"mean" | "min" | "max", Value>>;

function formatRange(metric: Metric, { mean, min, max }: Range<number>): Range<string> {
  const format = (value: number) => formatValue(metric, value);
  return { mean: format(mean), min: format(min), max: format(max) };
}
