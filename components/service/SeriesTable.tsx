/**
 * A series as a table.
 *
 * @module
 */

import type { VNode } from "preact";

import { formatValue, type Metric } from "@/lib/domain/metric.ts";
import type { SeriesColumns } from "@/lib/protocol/history_views.ts";
import { formatCount } from "@/texts/language.ts";
import * as words from "@/texts/service_page.ts";

import { Time } from "../Time.tsx";
import { downsample } from "./series_columns.ts";

/** Props of {@linkcode SeriesTable}. */
export interface SeriesTableProps {
  readonly metric: Metric;
  readonly columns: SeriesColumns;
}

/** The table is not longer than this. */
const MOST_ROWS = 60;

const CAPTIONS = [words.from, words.mean, words.least, words.greatest, words.samples];

/** Renders when, mean, least, greatest, and how many samples. */
export function SeriesTable({ metric, columns }: SeriesTableProps): VNode {
  const rows = downsample(columns, MOST_ROWS);
  return (
    <table class="numbers">
      <caption>{words.inWindow(metric.label)}</caption>
      <thead>
        <tr>
          {CAPTIONS.map((caption) => <th key={caption} scope="col">{caption}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, mean, min, max, count }) => (
          <tr key={at}>
            <th scope="row">
              <Time key={at} at={at} exact />
            </th>
            {[mean, min, max].map((value, index) => (
              <td key={index}>{formatValue(metric, value)}</td>
            ))}
            <td>{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
