/**
 * Times of day for people: in UTC while the server renders, in the place of the reader afterwards.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import { locale } from "@/texts/language.ts";

/** Formats instants in one time zone. */
export interface TimeFormat {
  /** Returns the time, with the date if that is not the date of `now`, and the year likewise. */
  readonly short: (at: Instant, now: Instant) => string;
  /** The same with seconds. */
  readonly exact: (at: Instant, now: Instant) => string;
  /** The same with seconds if it is near to `now`, as a next try is, and an end of a silence is not. */
  readonly near: (at: Instant, now: Instant) => string;
  /** Returns the date, with the year if that is not the year of `now`. */
  readonly day: (at: Instant, now: Instant) => string;
  /** Returns date, time and zone. */
  readonly full: (at: Instant) => string;
}

/** Ten minutes. */
const NEAR_MS = 600_000;

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const DATE = { day: "numeric", month: "short" } as const;

/**
 * Returns the format of a time zone; `null` is that of the reader, which goes without saying.
 *
 * @param locale As of `Intl`; the words around are English.
 */
export function createTimeFormat(timeZone: string | null): TimeFormat {
  const zone = timeZone === null ? {} : { timeZone };
  const suffix = timeZone === null ? "" : ` ${timeZone}`;
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...zone });
  const [date, short, exact] = [make(DATE), make(TIME), make({ ...TIME, second: "2-digit" })];
  const [year, dated] = [make({ year: "numeric" }), make({ ...DATE, year: "numeric" })];
  const full = make({ dateStyle: "full", timeStyle: "long" });
  const day = (at: Instant, now: Instant) =>
    (year.format(at) === year.format(now) ? date : dated).format(at);
  const withDate = (time: Intl.DateTimeFormat) => (at: Instant, now: Instant) => {
    const isToday = dated.format(at) === dated.format(now);
    return `${isToday ? "" : `${day(at, now)}, `}${time.format(at)}${suffix}`;
  };
  const [rough, fine] = [withDate(short), withDate(exact)];
  const near = (at: Instant, now: Instant) =>
    Math.abs(at - now) < NEAR_MS ? fine(at, now) : rough(at, now);
  return { short: rough, exact: fine, near, day, full: (at) => full.format(at) };
}
