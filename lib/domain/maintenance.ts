/**
 * Maintenance windows: times known in advance at which matching alerts are muted. One-off, or each week on
 * some days at a time of the wall clock in a time zone.
 *
 * @module
 */

import type { Instant, TimeSpan } from "./instant.ts";
import type { Matcher } from "./matcher.ts";

/** A day of the week as ISO 8601 counts it: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** When a window is. */
export type MaintenanceSchedule =
  | { readonly kind: "once"; readonly startsAt: Instant; readonly endsAt: Instant }
  | {
    readonly kind: "weekly";
    /** At least one, in order. */
    readonly days: readonly Weekday[];
    /** Minutes from midnight to the start, by the wall clock: 0 to 1439. */
    readonly startMinute: number;
    /** Elapsed time from start to end, in milliseconds; less than a week. */
    readonly durationMs: number;
    /** A zone of the IANA database, such as `"Europe/Berlin"`. */
    readonly timeZone: string;
  };

/** One maintenance window. */
export interface MaintenanceWindow {
  /** Unique among the windows. */
  readonly name: string;
  /** Which alerts it mutes. */
  readonly matcher: Matcher;
  /** Why. */
  readonly reason: string;
  /** When. */
  readonly schedule: MaintenanceSchedule;
}

/** A span of time; `endsAt` does not belong to it. */
export interface MaintenanceSpan {
  /** When it begins. */
  readonly startsAt: Instant;
  /** When it ends. */
  readonly endsAt: Instant;
}

const DAY_MS = 86_400_000;

/** How far back a weekly window may have begun that still holds, and how far ahead the next one is. */
const WEEK_DAYS = 7;

/**
 * Returns the span of a window that holds at `now`, else the next one; `null` if none comes any more. Of spans
 * that overlap, such as 25 hours a day, the one that ends last.
 *
 * Times of the wall clock that a day does not have or has twice, as when summer time begins or ends, are taken as
 * RFC 5545 does: the former as if the clock had not been put forward, of the latter the first.
 *
 * @example Two hours in the night to each Sunday
 * ```ts
 * import { maintenanceSpan } from "@/lib/domain/maintenance.ts";
 * import { MATCH_ALL } from "@/lib/domain/matcher.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const schedule = {
 *   kind: "weekly",
 *   days: [7],
 *   startMinute: 120,
 *   durationMs: 7_200_000,
 *   timeZone: "Europe/Berlin",
 * } as const;
 * const window = { name: "backup", matcher: MATCH_ALL, reason: "", schedule };
 * const span = maintenanceSpan(window, Date.parse("2026-11-24T12:00:00Z"));
 * assertEquals(span?.startsAt, Date.parse("2026-11-29T01:00:00Z"));
 * ```
 */
export function maintenanceSpan(window: MaintenanceWindow, now: Instant): MaintenanceSpan | null {
  const { schedule } = window;
  if (schedule.kind === "once") {
    const { startsAt, endsAt } = schedule;
    return now < endsAt ? { startsAt, endsAt } : null;
  }
  const spans = spansAround(schedule, now).filter(({ endsAt }) => now < endsAt);
  const holding = spans.filter(({ startsAt }) => startsAt <= now);
  return latestEnd(holding) ?? earliestStart(spans);
}

/**
 * Returns all spans of a window that meet a range, as the window is now: what it was before it was changed is
 * nowhere. In order of their beginnings; those of more than 24 hours a day may overlap.
 */
export function maintenanceSpans(
  { schedule }: Pick<MaintenanceWindow, "schedule">,
  { from, to }: TimeSpan,
): MaintenanceSpan[] {
  const spans = schedule.kind === "once"
    ? [{ startsAt: schedule.startsAt, endsAt: schedule.endsAt }]
    : spansBeginning(schedule, { from: from - schedule.durationMs, to });
  return spans.filter(({ startsAt, endsAt }) => startsAt < to && endsAt > from);
}

type Weekly = Extract<MaintenanceSchedule, { kind: "weekly" }>;

/** Returns the spans that begin within a week before and after an instant. */
function spansAround(schedule: Weekly, now: Instant): MaintenanceSpan[] {
  const weekMs = WEEK_DAYS * DAY_MS;
  return spansBeginning(schedule, { from: now - weekMs, to: now + weekMs });
}

/** Returns the spans that begin on the days of a range, its first and last ones included. */
function spansBeginning(
  { days, startMinute, durationMs, timeZone }: Weekly,
  { from, to }: TimeSpan,
): MaintenanceSpan[] {
  const dateOf = (at: Instant) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const [first, last] = [dateOf(from), dateOf(to)];
  const time = Temporal.PlainTime.from({
    hour: Math.floor(startMinute / 60),
    minute: startMinute % 60,
  });
  const length = first.until(last, { largestUnit: "days" }).days + 1;
  return Array.from({ length }, (_, index) => first.add({ days: index }))
    .filter(({ dayOfWeek }) => days.some((day) => day === dayOfWeek))
    .map((date) => date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds)
    .map((startsAt) => ({ startsAt, endsAt: startsAt + durationMs }));
}

function latestEnd(spans: readonly MaintenanceSpan[]): MaintenanceSpan | null {
  return spans.reduce<MaintenanceSpan | null>(
    (last, span) => last === null || span.endsAt > last.endsAt ? span : last,
    null,
  );
}

function earliestStart(spans: readonly MaintenanceSpan[]): MaintenanceSpan | null {
  return spans.reduce<MaintenanceSpan | null>(
    (first, span) => first === null || span.startsAt < first.startsAt ? span : first,
    null,
  );
}
