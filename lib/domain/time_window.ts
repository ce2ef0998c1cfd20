/**
 * Which span of time a page looks at: the last so many minutes, or a part of it that was zoomed in on. It is what
 * the query of an address says, so that an address can be shared.
 *
 * @module
 */

import * as words from "@/texts/windows.ts";

import type { Instant, TimeSpan } from "./instant.ts";

/** A window that ends now. */
export interface TimeWindow {
  /** Its name in an address, such as `"1h"`. */
  readonly id: string;
  /** Its name on the screen, such as `"1 h"`. */
  readonly label: string;
  /** Its length in milliseconds. */
  readonly spanMs: number;
}

/** What is looked at. */
export interface WindowChoice {
  /** The window that is shown, or that zooming out leads back to. */
  readonly window: TimeWindow;
  /** The part that was zoomed in on; `null` while the window ends now. */
  readonly zoom: TimeSpan | null;
  /** The instant that is marked, such as that of an event; `null` for none. */
  readonly mark: Instant | null;
}

const HOUR_MS = 3_600_000;

/** The window that is shown unless another one is asked for. */
export const DEFAULT_WINDOW: TimeWindow = { id: "1h", label: words.hour1, spanMs: HOUR_MS };

/** All windows, shortest first. */
export const TIME_WINDOWS: readonly TimeWindow[] = [
  { id: "5m", label: words.minutes5, spanMs: 300_000 },
  DEFAULT_WINDOW,
  { id: "6h", label: words.hours6, spanMs: 6 * HOUR_MS },
  { id: "24h", label: words.hours24, spanMs: 24 * HOUR_MS },
  { id: "7d", label: words.days7, spanMs: 168 * HOUR_MS },
  { id: "30d", label: words.days30, spanMs: 720 * HOUR_MS },
  { id: "1y", label: words.year1, spanMs: 8_760 * HOUR_MS },
];

/** Nobody can zoom in further than this, in milliseconds. */
const SHORTEST_MS = 5_000;

/** Nor ask for more than this: two years, which is as far as anything is kept. */
const LONGEST_MS = 17_520 * HOUR_MS;

/** The latest instant that a `Date` can hold. */
const LAST_INSTANT = 8.64e15;

/**
 * Returns what a query asks for. What it does not know it passes over: an old link still leads somewhere.
 *
 * @example
 * ```ts
 * import { parseWindowChoice } from "@/lib/domain/time_window.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const choice = parseWindowChoice(new URLSearchParams("window=6h&from=0&to=60000"));
 * assertEquals([choice.window.label, choice.zoom], ["6 h", { from: 0, to: 60_000 }]);
 * ```
 */
export function parseWindowChoice(params: URLSearchParams): WindowChoice {
  const window = TIME_WINDOWS.find(({ id }) => id === params.get("window")) ?? DEFAULT_WINDOW;
  const from = readInstant(params.get("from"));
  const to = readInstant(params.get("to"));
  if (from === null || to === null || to <= from) return { window, zoom: null, mark: null };
  const zoom = { from: Math.max(from, to - LONGEST_MS), to };
  return { window, zoom, mark: readInstant(params.get("at")) };
}

/** Returns the query that asks for a choice, with its question mark; the default window goes without saying. */
export function formatWindowChoice({ window, zoom, mark }: WindowChoice): string {
  const params = new URLSearchParams();
  if (window.id !== DEFAULT_WINDOW.id || zoom === null) params.set("window", window.id);
  if (zoom !== null) {
    params.set("from", String(zoom.from));
    params.set("to", String(zoom.to));
    if (mark !== null) params.set("at", String(mark));
  }
  return `?${params}`;
}

/** Returns the span that a choice means at an instant. */
export function spanOf({ window, zoom }: WindowChoice, now: Instant): TimeSpan {
  return zoom ?? { from: now - window.spanMs, to: now };
}

/** Returns a choice without its zoom: its window, up to now. */
export function zoomOut({ window }: WindowChoice): WindowChoice {
  return { window, zoom: null, mark: null };
}

/**
 * Returns a choice zoomed in on a span. The span is kept long enough to hold a few samples, and does not reach
 * beyond `now`.
 */
export function zoomTo(choice: WindowChoice, span: TimeSpan, now: Instant): WindowChoice {
  const lengthMs = clamp(Math.round(span.to - span.from), SHORTEST_MS, LONGEST_MS);
  const middle = (span.from + span.to) / 2;
  const to = Math.min(Math.round(middle + lengthMs / 2), Math.ceil(now));
  return { ...choice, zoom: { from: to - lengthMs, to } };
}

/**
 * Returns a choice that shows `factor` times as much time around an instant, which stays where it is on the screen.
 * Where that is as much as its window, it is zoomed out.
 */
export function zoomBy(
  choice: WindowChoice,
  factor: number,
  { around, now }: { readonly around: Instant; readonly now: Instant },
): WindowChoice {
  const { from, to } = spanOf(choice, now);
  if (factor > 1 && (to - from) * factor >= choice.window.spanMs) return zoomOut(choice);
  const span = { from: around - (around - from) * factor, to: around + (to - around) * factor };
  return zoomTo(choice, span, now);
}

/**
 * Returns a choice that has an instant in its middle, marked, and shows as much time as before. Near to now, where
 * there is nothing yet to its right, the span ends now.
 */
export function centreOn(choice: WindowChoice, at: Instant, now: Instant): WindowChoice {
  const { from, to } = spanOf(choice, now);
  const half = (to - from) / 2;
  return { ...zoomTo(choice, { from: at - half, to: at + half }, now), mark: at };
}

function readInstant(text: string | null): Instant | null {
  if (text === null || !/^\d{1,16}$/.test(text)) return null;
  const at = Number(text);
  return at <= LAST_INSTANT ? at : null;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
