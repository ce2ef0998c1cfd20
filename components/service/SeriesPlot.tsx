/**
 * The line of a chart: a drawing of the server, and a plot that can be pointed at once the scripts run.
 *
 * @module
 */

import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { RefObject, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { ValueScale } from "@/lib/domain/chart_scale.ts";
import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import { formatValue, type Metric } from "@/lib/domain/metric.ts";
import type { SeriesColumns } from "@/lib/protocol/history_views.ts";
import * as words from "@/texts/service_page.ts";

import { type Times, useTimes } from "../Time.tsx";
import type { LinePlot, PlotPicture } from "./line_plot.ts";
import {
  cutAtHoles,
  type Holes,
  moveCursor,
  nearestRow,
  readRow,
  type RowAt,
  type Run,
} from "./series_columns.ts";
import { CHART_HEIGHT, DRAWING_WIDTH, drawSeries } from "./series_drawing.ts";

/** What a person does with any of the plots: they all move together. */
export interface PlotKeys {
  readonly onCursor: (at: Instant | null) => void;
  readonly onZoom: (span: TimeSpan) => void;
  /** Shows so many times as much time. */
  readonly onZoomBy: (factor: number) => void;
  readonly onReset: () => void;
}

/** Props of {@linkcode SeriesPlot}. */
export interface SeriesPlotProps {
  readonly metric: Metric;
  readonly columns: SeriesColumns;
  readonly scale: ValueScale;
  readonly shown: TimeSpan;
  readonly runs: readonly Run[];
  readonly holes: Holes;
  readonly cursor: ReadonlySignal<Instant | null>;
  readonly keys: PlotKeys;
}

/** Renders the drawing until the plot is there. Focused, it is a slider over time. */
export function SeriesPlot(props: SeriesPlotProps): VNode {
  const host = useRef<HTMLDivElement>(null);
  const isReady = usePlot(host, props);
  const times = useTimes();
  const pointing = isReady.value && props.columns.t.length > 0 ? point(props, times) : undefined;
  return (
    <div class="line-plot" {...pointing ?? describe(props)}>
      <div ref={host} class="canvas-host" />
      {!isReady.value && <SeriesDrawing {...props} />}
    </div>
  );
}

function SeriesDrawing({ columns, shown, scale, runs }: SeriesPlotProps): VNode {
  const { line, band } = drawSeries(columns, { span: shown, scale, runs });
  return (
    <svg
      class="series"
      width="100%"
      height={CHART_HEIGHT}
      viewBox={`0 0 ${DRAWING_WIDTH} ${CHART_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {band !== "" && <path class="band" d={band} />}
      <path class="mean" d={line} />
    </svg>
  );
}

/** What those hear who do not see the drawing. */
function describe({ metric }: SeriesPlotProps) {
  const label = words.chart(metric.label);
  return { role: "img", "aria-label": label } as const;
}

/** Keys that move the cursor, and by how many rows. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: 20,
  PageDown: -20,
  Home: -Infinity,
  End: Infinity,
};

/** Keys that zoom, and how much time is shown then. */
const ZOOMS: Readonly<Record<string, number>> = { "+": 0.5, "=": 0.5, "-": 2 };

function point(props: SeriesPlotProps, { format, now }: Times) {
  const { metric, columns, cursor, holes, keys } = props;
  const at = cursor.value;
  const row = at === null ? undefined : readRow(columns, at, holes);
  const last = columns.t.length - 1;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!press(event.key, props)) return;
    event.preventDefault();
  };
  return {
    role: "slider",
    tabIndex: 0,
    "aria-label": words.overTime(metric.label),
    "aria-valuemin": 0,
    "aria-valuemax": last,
    "aria-valuenow": at === null ? last : nearestRow(columns, at),
    "aria-valuetext": row === undefined
      ? words.keysHint
      : `${format.exact(row.at, now.peek())}: ${describeRow(metric, row)}`,
    onKeyDown,
    onBlur: () => keys.onCursor(null),
  } as const;
}

function describeRow(metric: Metric, { mean, min, max }: RowAt): string {
  const range = min === max
    ? ""
    : `, ${words.range(formatValue(metric, min), formatValue(metric, max))}`;
  return formatValue(metric, mean) + range;
}

/** Does what a key is for; tells whether it is for anything. */
function press(key: string, { columns, cursor, keys }: SeriesPlotProps): boolean {
  const steps = STEPS[key];
  const factor = ZOOMS[key];
  if (steps !== undefined) keys.onCursor(moveCursor(columns, cursor.peek(), steps));
  else if (factor !== undefined) keys.onZoomBy(factor);
  else if (key === "Escape" && cursor.peek() !== null) keys.onCursor(null);
  else return false;
  return true;
}

/** Loads the plot, and keeps it as the props are. Where it cannot be loaded, the drawing stays. */
function usePlot(
  host: RefObject<HTMLDivElement>,
  props: SeriesPlotProps,
): ReadonlySignal<boolean> {
  const plot = useSignal<LinePlot | null>(null);
  const isReady = useComputed(() => plot.value !== null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const ending = new AbortController();
    load(host, latest, ending.signal).then((made) => plot.value = made, () => {});
    return () => {
      ending.abort();
      plot.peek()?.[Symbol.dispose]();
    };
  }, [host, plot]);
  const { columns, shown, scale } = props;
  useEffect(() => {
    plot.peek()?.show(pictureOf(latest.current));
    plot.peek()?.point(props.cursor.peek());
  }, [columns, shown, scale.low, scale.high]);
  useSignalEffect(() => plot.value?.point(props.cursor.value));
  return isReady;
}

async function load(
  host: RefObject<HTMLDivElement>,
  latest: RefObject<SeriesPlotProps>,
  ending: AbortSignal,
): Promise<LinePlot | null> {
  const { LinePlot } = await import("./line_plot.ts");
  const [element, props] = [host.current, latest.current];
  if (ending.aborted || element === null || props === null) return null;
  return new LinePlot(element, pictureOf(props), {
    onCursor: (at) => latest.current?.keys.onCursor(at),
    onZoom: (span) => latest.current?.keys.onZoom(span),
    onReset: () => latest.current?.keys.onReset(),
  });
}

function pictureOf({ columns, holes, shown, scale }: SeriesPlotProps): PlotPicture {
  return { columns: cutAtHoles(columns, holes), span: shown, scale };
}
