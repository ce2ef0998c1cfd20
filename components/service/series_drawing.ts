/**
 * A series as paths: for those whose browser runs no scripts, and for the first picture.
 *
 * @module
 */

import type { ValueScale } from "@/lib/domain/chart_scale.ts";
import type { TimeSpan } from "@/lib/domain/instant.ts";
import type { SeriesColumns } from "@/lib/protocol/history_views.ts";

import type { Run } from "./series_columns.ts";

/** Width of the drawing; it is stretched to the width of the chart. */
export const DRAWING_WIDTH = 1_000;

/** Height of the drawing, and of the chart in pixels. */
export const CHART_HEIGHT = 150;

/** The paths of a series. */
export interface SeriesDrawing {
  /** The `d` of the line of means. */
  readonly line: string;
  /** The `d` of the area between the least and the greatest values; empty if they are the same. */
  readonly band: string;
}

/** What a series is drawn into. */
export interface DrawingFrame {
  /** From the left edge to the right one. */
  readonly span: TimeSpan;
  /** From the lower edge to the upper one. */
  readonly scale: ValueScale;
  /** The parts that are drawn each for itself. */
  readonly runs: readonly Run[];
}

/** Draws a series. A lone sample is a line of no length, which round line ends make a dot. */
export function drawSeries(columns: SeriesColumns, frame: DrawingFrame): SeriesDrawing {
  const { span, scale, runs } = frame;
  const toX = (at: number) => round((at - span.from) / (span.to - span.from) * DRAWING_WIDTH);
  const toY = (value: number) => placeValue(scale, value);
  const trace = (column: readonly number[], { start, end }: Run) =>
    columns.t.slice(start, end).map((at, index) => `${toX(at)} ${toY(column[start + index] ?? 0)}`);
  const line = runs.map((run) => {
    const points = trace(columns.avg, run);
    return `M${points.join("L")}${points.length === 1 ? "h0" : ""}`;
  });
  const isRaw = columns.max.every((max, index) => max === columns.min[index]);
  const band = isRaw
    ? []
    : runs.filter(({ start, end }) => end - start > 1).map((run) =>
      `M${[...trace(columns.max, run), ...trace(columns.min, run).reverse()].join("L")}z`
    );
  return { line: line.join(""), band: band.join("") };
}

/** Returns how far a value is from the upper edge, in pixels. */
export function placeValue({ low, high }: ValueScale, value: number): number {
  return round(CHART_HEIGHT * (1 - (value - low) / (high - low)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
