/**
 * Instants as people read them, in UTC: for what is the same for all readers.
 *
 * @module
 */

import { locale } from "@/texts/language.ts";

import type { Instant } from "./instant.ts";

/** Length of a day of UTC in milliseconds. */
export const DAY_MS = 86_400_000;

const DATE = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" } as const;

const dates = new Intl.DateTimeFormat(locale, DATE);

const times = new Intl.DateTimeFormat(locale, TIME);

/** Returns the beginning of the day that an instant is on. */
export function startOfDay(at: Instant): Instant {
  return at - at % DAY_MS;
}

/** Returns a day as in `"24 Nov 2026"`. */
export function formatDay(at: Instant): string {
  return dates.format(at);
}

/** Returns a day as in `"2026-11-24"`. */
export function formatIsoDay(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Returns a time of day as in `"08:30 UTC"`. */
export function formatTime(at: Instant): string {
  return `${times.format(at)} UTC`;
}

/**
 * Returns an instant to the minute.
 *
 * @example
 * ```ts
 * import { formatMoment } from "@/lib/domain/utc_time.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatMoment(1_700_000_000_123), "14 Nov 2023, 22:13 UTC");
 * ```
 */
export function formatMoment(at: Instant): string {
  return `${formatDay(at)}, ${formatTime(at)}`;
}
