/**
 * Days as cells of a strip: how a service was on each day of UTC.
 *
 * @module
 */

import * as words from "@/texts/status_page.ts";

import { formatDuration, type Instant } from "./instant.ts";
import type { PublicSpan, PublicStatus } from "./public_status.ts";
import { formatUptime } from "./uptime.ts";
import { DAY_MS, formatDay, startOfDay } from "./utc_time.ts";

/** One day. */
export interface DayCell {
  /** Its beginning. */
  readonly day: Instant;
  /** The worst status that the service had on it; `unknown` if nothing at all is on record. */
  readonly status: PublicStatus;
  /** For how long each status held, in milliseconds. The day that is not over is as long as it has lasted. */
  readonly heldMs: Readonly<Record<PublicStatus, number>>;
}

/** Which days. */
export interface DaysQuery {
  /** The last one is the day of this instant. */
  readonly now: Instant;
  /** How many. */
  readonly days: number;
}

/** What of a time is known, and how much of that the service was not down. */
export interface DaysUptime {
  /** 0 to 1, of the time on record that is not maintenance; `null` if there is none. */
  readonly ratio: number | null;
  /** Length of the time on record, maintenance left out, in milliseconds. */
  readonly knownMs: number;
}

/** Returns the beginning of the first day. */
export function firstDay({ now, days }: DaysQuery): Instant {
  return startOfDay(now) - (days - 1) * DAY_MS;
}

/** Returns the days, oldest first. What no span tells of is unknown. */
export function dayCells(spans: readonly PublicSpan[], query: DaysQuery): DayCell[] {
  const first = firstDay(query);
  const held = Array.from({ length: query.days }, noTime);
  for (const { from, to, status } of spans) {
    const start = Math.max(from, first);
    for (let at = start; at < Math.min(to, query.now);) {
      const end = Math.min(to, query.now, startOfDay(at) + DAY_MS);
      const day = held[(startOfDay(at) - first) / DAY_MS];
      if (day !== undefined) day[status] += end - at;
      at = end;
    }
  }
  return held.map((heldMs, index) => {
    const day = first + index * DAY_MS;
    return { day, status: worstHeld(heldMs), heldMs: withUnknown(heldMs, day, query.now) };
  });
}

/**
 * Returns the uptime over days. What is not on record, and maintenance, counts neither as up nor as down.
 *
 * @example
 * ```ts
 * import { dayCells, measureDays } from "@/lib/domain/day_cell.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const spans = [
 *   { from: 0, to: 21_600_000, status: "down" as const },
 *   { from: 21_600_000, to: 86_400_000, status: "up" as const },
 * ];
 * const cells = dayCells(spans, { now: 86_400_000, days: 2 });
 * assertEquals(measureDays(cells), { ratio: 0.75, knownMs: 86_400_000 });
 * ```
 */
export function measureDays(cells: readonly DayCell[]): DaysUptime {
  const sum = (status: PublicStatus) => cells.reduce((ms, each) => ms + each.heldMs[status], 0);
  const upMs = sum("up") + sum("degraded");
  const knownMs = upMs + sum("down");
  return { ratio: knownMs > 0 ? upMs / knownMs : null, knownMs };
}

/** Tells whether less than half of a day is on record, so that it says little. */
export function isPartial({ status, heldMs }: DayCell): boolean {
  const total = Object.values(heldMs).reduce((sum, ms) => sum + ms, 0);
  return status !== "unknown" && heldMs.unknown > total / 2;
}

/**
 * Returns a day in words.
 *
 * @example
 * ```ts
 * import { dayCells, describeDay } from "@/lib/domain/day_cell.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const spans = [
 *   { from: 0, to: 360_000, status: "down" as const },
 *   { from: 360_000, to: 86_400_000, status: "up" as const },
 * ];
 * const words = dayCells(spans, { now: 86_399_999, days: 1 }).map(describeDay);
 * assertEquals(words, ["1 Jan 1970: 99.58 % up, down for 6 min"]);
 * ```
 */
export function describeDay(cell: DayCell): string {
  const date = formatDay(cell.day);
  const { heldMs } = cell;
  if (cell.status === "unknown") return words.dayWithoutData(date);
  const { ratio } = measureDays([cell]);
  const parts = [
    ...(ratio === null ? [] : [words.shareUp(formatUptime(ratio))]),
    ...TOLD.flatMap(([status, tell]) =>
      heldMs[status] > 0 ? [tell(formatDuration(heldMs[status]))] : []
    ),
    ...(isPartial(cell) ? [words.noDataFor(formatDuration(heldMs.unknown))] : []),
  ];
  return words.dayWith(date, parts);
}

const TOLD: readonly (readonly [status: PublicStatus, tell: (span: string) => string])[] = [
  ["down", words.downFor],
  ["degraded", words.degradedFor],
  ["maintenance", words.maintenanceFor],
];

/** `unknown` is the worst only of a day of which nothing else is on record. */
const WORST_FIRST = ["down", "degraded", "maintenance", "up"] as const;

function noTime(): Record<PublicStatus, number> {
  return { up: 0, degraded: 0, down: 0, maintenance: 0, unknown: 0 };
}

function worstHeld(heldMs: DayCell["heldMs"]): PublicStatus {
  return WORST_FIRST.find((status) => heldMs[status] > 0) ?? "unknown";
}

function withUnknown(heldMs: DayCell["heldMs"], day: Instant, now: Instant): DayCell["heldMs"] {
  const { up, degraded, down, maintenance } = heldMs;
  const lastedMs = Math.min(DAY_MS, now - day);
  return { ...heldMs, unknown: Math.max(0, lastedMs - up - degraded - down - maintenance) };
}
