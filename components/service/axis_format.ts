/**
 * Times below a chart: in UTC while the server renders, in the place of the reader afterwards.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import { locale } from "@/texts/language.ts";

/** Writes the times of an axis in one time zone. */
export interface AxisFormat {
  /** Returns how far its clock is ahead of UTC, in milliseconds. */
  readonly offsetMs: (at: Instant) => number;
  /** Returns a tick in as many words as its step needs; at midnight the date stands for the time. */
  readonly tick: (at: Instant, stepMs: number) => string;
}

const DAY_MS = 86_400_000;

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/**
 * Returns the format of a time zone: UTC, or that of the reader.
 *
 * @param locale As of `Intl`; the words around are English.
 */
export function createAxisFormat(zone: "UTC" | "local"): AxisFormat {
  const place = zone === "UTC" ? { timeZone: "UTC" } : {};
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...place });
  const [minutes, seconds] = [make(TIME), make({ ...TIME, second: "2-digit" })];
  const [day, month] = [make({ day: "numeric", month: "short" }), make({ month: "short" })];
  const year = make({ year: "numeric" });
  const offsetMs = (at: Instant) => zone === "UTC" ? 0 : -new Date(at).getTimezoneOffset() * 60_000;
  return {
    offsetMs,
    tick: (at, stepMs) => {
      if (stepMs >= 30 * DAY_MS) {
        const isJanuary = new Date(at + offsetMs(at)).getUTCMonth() === 0;
        return (isJanuary ? year : month).format(at);
      }
      const isMidnight = (at + offsetMs(at)) % DAY_MS === 0;
      if (isMidnight) return day.format(at);
      return (stepMs < 60_000 ? seconds : minutes).format(at);
    },
  };
}
