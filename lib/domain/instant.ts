/**
 * Instants, spans and durations: the only notions of time the domain knows. It never reads a clock; `now` is
 * always handed in.
 *
 * @module
 */

import { formatNumber } from "@/texts/language.ts";
import * as units from "@/texts/units.ts";

/** A moment as epoch milliseconds, UTC. */
export type Instant = number;

/** A span of time, `from` included and `to` left out. */
export interface TimeSpan {
  /** Its beginning. */
  readonly from: Instant;
  /** Its end. */
  readonly to: Instant;
}

/** Milliseconds of each unit that {@linkcode parseDuration} accepts. A year is 365 days. */
const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  y: 31_536_000_000,
};

/**
 * Returns the milliseconds that a duration such as `"500ms"`, `"5s"` or `"30d"` stands for.
 *
 * @throws {SyntaxError} If the text is not a number followed by `ms`, `s`, `m`, `h`, `d` or `y`, or is
 * not positive.
 *
 * @example A heartbeat limit
 * ```ts
 * import { parseDuration } from "@/lib/domain/instant.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseDuration("5s"), 5_000);
 * ```
 */
export function parseDuration(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|y)$/.exec(text.trim()) ?? [];
  const durationMs = Number(digits) * (UNIT_MS[unit ?? ""] ?? NaN);
  if (!(durationMs > 0)) {
    throw new SyntaxError(
      `Cannot parse duration: expected a number with a unit such as "500ms", "5s" or "10m", got "${text}"`,
    );
  }
  return durationMs;
}

/**
 * Returns a duration in the words of the screen: tenths of a second below ten seconds, then the two
 * largest units (`"4.2 s"`, `"41 s"`, `"22 min"`, `"3 h 12 min"`, `"2 d 4 h"`). Negative counts as zero.
 *
 * @example
 * ```ts
 * import { formatDuration } from "@/lib/domain/instant.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatDuration(11_520_000), "3 h 12 min");
 * ```
 */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, durationMs) / 1_000;
  if (seconds < 9.95) return `${formatNumber(seconds, 1)} ${units.second}`;
  if (seconds < 60) return withUnit(Math.floor(seconds), units.second);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return withUnit(minutes, units.minute);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return joinUnits(hours, units.hour, minutes % 60, units.minute);
  return joinUnits(Math.floor(hours / 24), units.day, hours % 24, units.hour);
}

/** Units of {@linkcode formatSpan} above a second, largest first. */
const SPAN_UNITS: readonly (readonly [unit: string, ms: number])[] = [
  [units.day, 86_400_000],
  [units.hour, 3_600_000],
  [units.minute, 60_000],
];

/**
 * Returns a span that somebody wrote down with all of its parts, where {@linkcode formatDuration} would round.
 *
 * @example
 * ```ts
 * import { formatSpan } from "@/lib/domain/instant.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([5_000, 90_000].map(formatSpan), ["5 s", "1 min 30 s"]);
 * ```
 */
export function formatSpan(durationMs: number): string {
  const parts: string[] = [];
  let rest = durationMs;
  for (const [unit, ms] of SPAN_UNITS) {
    if (rest >= ms) parts.push(withUnit(Math.floor(rest / ms), unit));
    rest %= ms;
  }
  if (rest > 0 || parts.length === 0) {
    parts.push(`${formatNumber(rest / 1_000, 3, 0)} ${units.second}`);
  }
  return parts.join(" ");
}

/**
 * Returns an instant as ISO 8601 in UTC, to the second: `"2026-11-24T08:30:00Z"`.
 *
 * @example
 * ```ts
 * import { formatInstant } from "@/lib/domain/instant.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatInstant(1_700_000_000_123), "2023-11-14T22:13:20Z");
 * ```
 */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const words = withUnit(large, largeUnit);
  return small === 0 ? words : `${words} ${withUnit(small, smallUnit)}`;
}

function withUnit(count: number, unit: string): string {
  return `${formatNumber(count, 0)} ${unit}`;
}
