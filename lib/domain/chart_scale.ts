/**
 * The scales of a chart: which values and which times stand at its edges, and which of them are written there.
 *
 * @module
 */

import type { Instant, TimeSpan } from "./instant.ts";

/** The values at the lower and the upper edge of a chart. */
export interface ValueScale {
  /** At the lower edge. */
  readonly low: number;
  /** At the upper edge. */
  readonly high: number;
  /** The values that are written at the side, lowest first. */
  readonly ticks: readonly number[];
}

/** Values that differ by less than this are taken for equal. */
const LEAST_SPAN = 1e-6;

/** Room above the highest value, as a share of all. */
const HEADROOM = 0.06;

/** Room below the lowest one, so that a line there is seen whole. */
const FOOTROOM = 0.015;

/**
 * Returns the scale that holds these values: from zero, or the lowest if that is negative, to a little above the
 * highest.
 *
 * @example
 * ```ts
 * import { scaleValues } from "@/lib/domain/chart_scale.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(scaleValues([40, 85]).ticks, [0, 25, 50, 75]);
 * ```
 */
export function scaleValues(values: Iterable<number>): ValueScale {
  let [low, high] = [0, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const span = high - low < LEAST_SPAN ? 1 : high - low;
  const edges = {
    low: low < 0 ? low - span * HEADROOM : -span * FOOTROOM,
    high: high > 0 || low === 0 ? low + span * (1 + HEADROOM) : span * HEADROOM,
  };
  return { ...edges, ticks: ticksBetween(edges.low, edges.high) };
}

const ROUND_STEPS = [1, 2, 2.5, 5, 10];

/** About four round steps. */
function ticksBetween(low: number, high: number): number[] {
  const rough = (high - low) / 4.5;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = (ROUND_STEPS.find((round) => round * magnitude >= rough) ?? 10) * magnitude;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from(
    { length: count },
    (_, index) => Number(((first + index) * step).toFixed(9)) + 0,
  );
}

/**
 * Returns a value as it is written at the side of a chart, where there is little room.
 *
 * @example
 * ```ts
 * import { formatTick } from "@/lib/domain/chart_scale.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.25, 5_000, 25_000, 2_500_000].map(formatTick), ["0.25", "5000", "25k", "2.5M"]);
 * ```
 */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  const rounded = (number: number) => Number(number.toPrecision(4));
  if (size >= 1e18 || (size > 0 && size < 0.001)) {
    return rounded(value).toExponential().replace("+", "");
  }
  const unit = UNITS.find(({ least }) => size >= least);
  return unit === undefined ? String(value) : `${rounded(value / unit.scale)}${unit.letter}`;
}

/** Letters, largest first, and from which value on they are written: thousands have room as they are. */
const UNITS = [
  { letter: "P", scale: 1e15, least: 1e15 },
  { letter: "T", scale: 1e12, least: 1e12 },
  { letter: "G", scale: 1e9, least: 1e9 },
  { letter: "M", scale: 1e6, least: 1e6 },
  { letter: "k", scale: 1e3, least: 1e4 },
];

/** Times to write below a chart. */
export interface TimeTicks {
  /** How far apart they are, in milliseconds; a month counts as 30 days. */
  readonly stepMs: number;
  /** The instants, oldest first. */
  readonly at: readonly Instant[];
}

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000] as const;
const MONTH = 30 * DAY;

const TIME_STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 5, 10].map((count) => count * DAY),
  ...[1, 2, 3, 6, 12, 24].map((count) => count * MONTH),
];

/**
 * Returns round times of day in a span, at most `count`.
 *
 * @param offsetMs Returns how far the reader's clock is ahead of UTC at an instant, in milliseconds.
 *
 * @example
 * ```ts
 * import { placeTimeTicks } from "@/lib/domain/chart_scale.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const ticks = placeTimeTicks({ from: 1_000, to: 150_000 }, { count: 4, offsetMs: () => 0 });
 * assertEquals(ticks, { stepMs: 60_000, at: [60_000, 120_000] });
 * ```
 */
export function placeTimeTicks(
  { from, to }: TimeSpan,
  { count, offsetMs }: {
    readonly count: number;
    readonly offsetMs: (at: Instant) => number;
  },
): TimeTicks {
  const stepMs = TIME_STEPS.find((step) => (to - from) / step <= count) ?? 24 * MONTH;
  const at = stepMs < HOUR
    ? minutesIn({ from, to }, stepMs, offsetMs(to))
    : hoursIn({ from, to }, stepMs, offsetMs);
  return { stepMs, at: at.filter((time) => time >= from && time < to) };
}

/** One offset is enough: clocks change by whole or half hours, which these steps divide. */
function minutesIn({ from, to }: TimeSpan, stepMs: number, offset: number): Instant[] {
  const local = { from: from + offset, to: to + offset };
  return multiplesIn(local, stepMs).map((time) => time - offset);
}

function hoursIn(
  { from, to }: TimeSpan,
  stepMs: number,
  offsetMs: (at: Instant) => number,
): Instant[] {
  const local = { from: from + offsetMs(from), to: to + offsetMs(to) };
  const found = stepMs >= MONTH ? monthsIn(local, stepMs / MONTH) : multiplesIn(local, stepMs);
  // The offset of the local time itself is near enough: it differs in the hour of a change of clocks alone.
  return found.map((time) => time - offsetMs(time - offsetMs(time)));
}

function multiplesIn({ from, to }: TimeSpan, stepMs: number): Instant[] {
  const times: Instant[] = [];
  for (let at = Math.ceil(from / stepMs) * stepMs; at < to; at += stepMs) times.push(at);
  return times;
}

function monthsIn({ from, to }: TimeSpan, step: number): Instant[] {
  const first = new Date(from);
  const times: Instant[] = [];
  let month = first.getUTCFullYear() * 12 + first.getUTCMonth();
  for (month = Math.ceil(month / step) * step; monthStart(month) < to; month += step) {
    times.push(monthStart(month));
  }
  return times;
}

function monthStart(month: number): Instant {
  return Date.UTC(Math.floor(month / 12), month % 12);
}
