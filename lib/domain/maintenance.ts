/**
 * Maintenance windows: times known in advance at which matching alerts are muted. One-off, or each week on
 * some days at a time of the wall clock in a time zone.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
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

/** Returns the span of a window that holds at `now`, else the next one; `null` if none comes any more. */
export function maintenanceSpan(window: MaintenanceWindow, now: Instant): MaintenanceSpan | null {
  const { schedule } = window;
  if (schedule.kind !== "once" || now >= schedule.endsAt) return null;
  return { startsAt: schedule.startsAt, endsAt: schedule.endsAt };
}
