/**
 * The plot of one series, over `uplot`: a line of means, a band from the least to the greatest values, a cursor, and
 * dragging to zoom. All else that a chart shows lies below it. It is loaded by the page that shows charts alone.
 *
 * @module
 */

import uPlot from "uplot";

import type { ValueScale } from "@/lib/domain/chart_scale.ts";
import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";

import { fade } from "./fade.ts";
import type { PlotColumns } from "./series_columns.ts";
import { CHART_HEIGHT } from "./series_drawing.ts";

/** What a plot shows. */
export interface PlotPicture {
  readonly columns: PlotColumns;
  readonly span: TimeSpan;
  readonly scale: ValueScale;
}

/** What a person does with a plot. */
export interface PlotActs {
  /** The pointer is at an instant; `null` when it has left. */
  readonly onCursor: (at: Instant | null) => void;
  /** A span was dragged over. */
  readonly onZoom: (span: TimeSpan) => void;
  /** A double click. */
  readonly onReset: () => void;
}

/** A drag shorter than this is a click, in pixels. */
const SHORTEST_DRAG = 6;

/** A plot in an element, as wide as that. */
export class LinePlot implements Disposable {
  readonly #host: HTMLElement;
  readonly #plot: uPlot;
  readonly #cleanups: (() => void)[] = [];
  #isPointed = false;

  /** Draws into the element, in the colour of its text. */
  constructor(host: HTMLElement, picture: PlotPicture, acts: PlotActs) {
    this.#host = host;
    this.#plot = new uPlot(this.#options(picture, acts), picture.columns, host);
    this.#listen(acts);
    this.#followWidth();
    this.#followTheme();
  }

  /** Shows something else. */
  show({ columns, span, scale }: PlotPicture): void {
    this.#plot.batch(() => {
      this.#plot.setData(columns, false);
      this.#plot.setScale("x", { min: span.from, max: span.to });
      this.#plot.setScale("y", { min: scale.low, max: scale.high });
    });
  }

  /** Points at an instant, without telling. The pointer of this plot itself is left alone. */
  point(at: Instant | null): void {
    if (this.#isPointed) return;
    const left = at === null ? -10 : this.#plot.valToPos(at, "x");
    this.#plot.setCursor({ left, top: at === null ? -10 : 0 }, false);
  }

  [Symbol.dispose](): void {
    for (const cleanup of this.#cleanups) cleanup();
    this.#plot.destroy();
  }

  #options({ span, scale }: PlotPicture, acts: PlotActs): uPlot.Options {
    const ink = () => getComputedStyle(this.#host).color;
    const none = { points: { show: false }, width: 0 };
    return {
      width: this.#host.clientWidth,
      height: CHART_HEIGHT,
      ms: 1,
      padding: [0, 0, 0, 0],
      legend: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: {
        x: { time: true, range: (_, min, max) => [min, max], min: span.from, max: span.to },
        y: { range: (_, min, max) => [min, max], min: scale.low, max: scale.high },
      },
      series: [
        {},
        { ...none, stroke: "transparent" },
        { ...none, stroke: "transparent" },
        {
          stroke: ink,
          width: 1.6,
          points: { show: true, size: 4, fill: ink, filter: findLone },
        },
      ],
      bands: [{ series: [1, 2], fill: () => fade(ink(), 0.2) }],
      cursor: {
        y: false,
        points: {
          size: 9,
          width: 2,
          fill: (_, series) => series === 3 ? ink() : "transparent",
          stroke: (_, series) => series === 3 ? fade(ink(), 0.3) : "transparent",
        },
        drag: { x: true, y: false, setScale: false, dist: SHORTEST_DRAG },
        bind: { dblclick: () => () => null },
      },
      hooks: {
        setCursor: [(plot) => this.#tellCursor(plot, acts)],
        setSelect: [(plot) => zoom(plot, acts)],
      },
    };
  }

  #tellCursor(plot: uPlot, { onCursor }: PlotActs): void {
    const { left } = plot.cursor;
    if (this.#isPointed && left !== undefined && left >= 0) onCursor(plot.posToVal(left, "x"));
  }

  #listen({ onCursor, onReset }: PlotActs): void {
    const { over } = this.#plot;
    const enter = () => this.#isPointed = true;
    const leaveToKeys = () => this.#isPointed = false;
    const leave = () => {
      this.#isPointed = false;
      onCursor(null);
    };
    over.addEventListener("mouseenter", enter);
    over.addEventListener("mousemove", enter);
    over.addEventListener("mouseleave", leave);
    over.addEventListener("dblclick", onReset);
    // A pointer that rests must not take the cursor back from the keys.
    document.addEventListener("keydown", leaveToKeys, true);
    this.#cleanups.push(() => document.removeEventListener("keydown", leaveToKeys, true));
  }

  #followWidth(): void {
    const observer = new ResizeObserver(() => {
      const width = this.#host.clientWidth;
      if (width > 0) this.#plot.setSize({ width, height: CHART_HEIGHT });
    });
    observer.observe(this.#host);
    this.#cleanups.push(() => observer.disconnect());
  }

  #followTheme(): void {
    const redraw = () => this.#plot.redraw(false, false);
    const observer = new MutationObserver(redraw);
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", redraw);
    this.#cleanups.push(
      () => observer.disconnect(),
      () => scheme.removeEventListener("change", redraw),
    );
  }
}

function zoom(plot: uPlot, { onZoom }: PlotActs): void {
  const { left, width } = plot.select;
  if (width < SHORTEST_DRAG) return;
  const span = { from: plot.posToVal(left, "x"), to: plot.posToVal(left + width, "x") };
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onZoom(span);
}

/** A run shorter than this is hardly a line, in pixels. */
const SHORTEST_LINE = 2;

/** What lies between two holes, and is too short for a line, becomes a dot. */
function findLone(plot: uPlot, series: number): number[] {
  const [times] = plot.data;
  const values = plot.data[series] ?? [];
  const xOf = (index: number) => plot.valToPos(times[index] ?? 0, "x");
  const dots: number[] = [];
  let start = 0;
  for (let end = 0; end <= values.length; end++) {
    if ((values[end] ?? null) !== null) continue;
    if (end > start && xOf(end - 1) - xOf(start) < SHORTEST_LINE) dots.push(end - 1);
    start = end + 1;
  }
  return dots;
}
