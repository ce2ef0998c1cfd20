/**
 * The geometry of a sparkline: a series as an SVG path that is true to time. Silence is a gap at the
 * right end, a hole is a break, and the scale always holds the limit.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
import type { SeriesSample } from "./sample.ts";

/** Width of the drawing, in SVG units; it stands for {@linkcode SPARKLINE_MS}. */
export const SPARKLINE_WIDTH = 104;

/** Height of the drawing, in SVG units. */
export const SPARKLINE_HEIGHT = 28;

/** The time that a sparkline shows, in milliseconds. */
export const SPARKLINE_MS = 60_000;

/** Room above and below the line, in SVG units, so that the stroke is not cut. */
const MARGIN = 2;

/** A pause this many times the usual one is a hole. */
const HOLE_RATIO = 2.5;

/** No pause below this is a hole, in milliseconds. */
const SHORTEST_HOLE_MS = 2_500;

/** A series as the screen holds it. */
export interface SparklineSeries {
  /** The samples, oldest first. */
  readonly points: readonly SeriesSample[];
  /** The limit to draw; `null` for none. */
  readonly limit: number | null;
}

/** What to draw. */
export interface Sparkline {
  /** The `d` of an SVG path; empty when nothing lies in the time shown. */
  readonly path: string;
  /** Height of the limit line; `null` when there is no limit. */
  readonly limitY: number | null;
}

/**
 * Draws the last {@linkcode SPARKLINE_MS} before `end`. The scale runs from zero (or the lowest value, if
 * that is negative) to a little above the highest value or the limit.
 *
 * @example A sample every 30 s: the pauses are usual, so they are no holes
 * ```ts
 * import { drawSparkline } from "@/lib/domain/sparkline.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const points = [{ at: 0, value: 0 }, { at: 30_000, value: 100 }, { at: 60_000, value: 0 }];
 * assertEquals(drawSparkline({ points, limit: null }, 60_000).path, "M0 26L52 4.2L104 26");
 * ```
 */
export function drawSparkline(series: SparklineSeries, end: Instant): Sparkline {
  const toX = (at: Instant) => SPARKLINE_WIDTH * (1 - (end - at) / SPARKLINE_MS);
  const toY = scaleOf(series);
  const lines = splitAtHoles(series.points)
    .map((line) => keepShown(line, end - SPARKLINE_MS))
    .map((line) => line.map(({ at, value }) => `${round(toX(at))} ${round(toY(value))}`));
  const limitY = series.limit === null ? null : round(toY(series.limit));
  return { path: lines.map(tracePoints).join(""), limitY };
}

function splitAtHoles(points: readonly SeriesSample[]): SeriesSample[][] {
  const holeMs = Math.max(SHORTEST_HOLE_MS, HOLE_RATIO * usualPauseMs(points));
  const lines: SeriesSample[][] = [];
  let before = NaN;
  for (const point of points) {
    const line = point.at - before <= holeMs ? lines.at(-1) : undefined;
    if (line === undefined) lines.push([point]);
    else line.push(point);
    before = point.at;
  }
  return lines;
}

/** A line that enters from the left begins at the sample before; the frame of the drawing cuts it off. */
function keepShown(line: readonly SeriesSample[], from: Instant): readonly SeriesSample[] {
  return line.filter(({ at }, index) => (line[index + 1]?.at ?? at) >= from);
}

/** A lone sample is a line of no length, which round line ends make a dot. */
function tracePoints(points: readonly string[]): string {
  if (points.length === 0) return "";
  return `M${points.join("L")}${points.length === 1 ? "h0" : ""}`;
}

function scaleOf({ points, limit }: SparklineSeries): (value: number) => number {
  const values = points.map((point) => point.value);
  const low = Math.min(0, limit ?? 0, ...values);
  const high = Math.max(low, limit ?? low, ...values);
  const span = (high - low) * 1.1 || 1;
  return (value) =>
    SPARKLINE_HEIGHT - MARGIN - (value - low) / span * (SPARKLINE_HEIGHT - 2 * MARGIN);
}

/** The median pause: one long silence does not make itself usual. */
function usualPauseMs(points: readonly SeriesSample[]): number {
  const pauses = points.slice(1).map((point, index) => point.at - (points[index]?.at ?? point.at));
  return pauses.sort((a, b) => a - b)[pauses.length >> 1] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
