/**
 * The chart of one metric.
 *
 * @module
 */

import { useComputed, useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { formatTick } from "@/lib/domain/chart_scale.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import * as words from "@/texts/service_page.ts";

import { Time } from "../Time.tsx";
import type { AxisFormat } from "./axis_format.ts";
import { ChartGround } from "./ChartGround.tsx";
import { scaleChart } from "./chart_model.ts";
import type { ChartLimit } from "./limits.ts";
import type { PastStore } from "./past_store.ts";
import { findHoles, NO_COLUMNS, splitAtHoles } from "./series_columns.ts";
import { CHART_HEIGHT, placeValue } from "./series_drawing.ts";
import { type PlotKeys, SeriesPlot } from "./SeriesPlot.tsx";
import { SeriesTable } from "./SeriesTable.tsx";
import { Readout } from "./Readout.tsx";
import { TimeAxis } from "./TimeAxis.tsx";
import { alertsOn } from "./time_place.ts";

/** Props of {@linkcode SeriesChart}. */
export interface SeriesChartProps {
  readonly metric: Metric;
  readonly past: PastStore;
  readonly limits: readonly ChartLimit[];
  readonly format: AxisFormat;
  /** When the service sent this metric last; `null` if that is not known. */
  readonly lastAt: Instant | null;
  readonly keys: PlotKeys;
}

/** Nearer to the lower edge than this, in pixels, a number stands above its line. */
const HALF_LETTER = 6;

/** Renders caption, readout, chart and table. */
export function SeriesChart(props: SeriesChartProps): VNode {
  const { metric, past, limits, format, lastAt, keys } = props;
  const history = past.history.value;
  const shown = past.shown.value;
  const columns = history.metrics[metric.id] ?? NO_COLUMNS;
  const scale = scaleChart(columns, limits);
  const holes = findHoles(history, past.timeline.value);
  const runs = splitAtHoles(columns, holes);
  const isEmpty = columns.t.length === 0;
  const titleId = `chart-${metric.id}`;
  return (
    <section
      class="panel chart-panel"
      aria-labelledby={titleId}
      aria-busy={past.isLoading.value}
      data-metric={metric.id}
    >
      <header>
        <h2 id={titleId}>
          {metric.label} {metric.unit !== "" && <small>{metric.unit}</small>}
        </h2>
        <Readout metric={metric} columns={columns} cursor={past.cursor} holes={holes} />
      </header>
      <div class="plot-grid">
        <svg class="value-axis" height={CHART_HEIGHT} aria-hidden="true">
          {scale.ticks.map((value) => (
            <text
              key={value}
              x="100%"
              y={placeValue(scale, value)}
              dy={placeValue(scale, value) > CHART_HEIGHT - HALF_LETTER ? -1 : 4}
            >
              {formatTick(value)}
            </text>
          ))}
        </svg>
        <div class="plot-area">
          <ChartGround
            {...{ shown, scale, format, limits }}
            alerts={alertsOn(past.timeline.value, metric.id)}
            gaps={history.gaps}
            mark={past.choice.value.mark}
            newest={columns.avg.at(-1)}
          />
          <SeriesPlot
            {...{ metric, columns, scale, shown, runs, holes, keys }}
            cursor={past.cursor}
          />
          {isEmpty && !past.isLoading.value && <NoSamples lastAt={lastAt} />}
        </div>
        <span />
        <TimeAxis shown={shown} format={format} />
      </div>
      <LoadedTable metric={metric} past={past} />
    </section>
  );
}

function NoSamples({ lastAt }: { readonly lastAt: Instant | null }): VNode {
  return (
    <p class="no-samples">
      <span>
        {words.noSamplesInWindow}
        {lastAt !== null && words.lastSample(<Time key={lastAt} at={lastAt} exact />)}
      </span>
    </p>
  );
}

interface LoadedTableProps {
  readonly metric: Metric;
  readonly past: PastStore;
}

/** While it is closed it need not follow; while it is open it must not change with each sample. */
function LoadedTable({ metric, past }: LoadedTableProps): VNode {
  const isOpen = useSignal(false);
  const loaded = useComputed(() => isOpen.value ? past.loaded.value : past.loaded.peek());
  const columns = loaded.value.metrics[metric.id] ?? NO_COLUMNS;
  return (
    <details onToggle={(event) => isOpen.value = event.currentTarget.open}>
      <summary>{words.asTable(metric.label)}</summary>
      <SeriesTable metric={metric} columns={columns} />
    </details>
  );
}
