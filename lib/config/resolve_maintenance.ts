/**
 * Turns maintenance windows, and what holds for alerts as a whole, from how the file has them into what they
 * mean.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { MaintenanceSchedule, MaintenanceWindow, Weekday } from "@/lib/domain/maintenance.ts";
import { quote } from "@/lib/domain/quote.ts";
import type { AlertingConfig } from "@/lib/ports/monitor_config.ts";

import { checkZone } from "./check_zone.ts";
import type { Path } from "./config_error.ts";
import type { Placed } from "./entries.ts";
import type { AlertingEntry, MaintenanceEntry } from "./entry_types.ts";
import { resolveDuration } from "./resolve_durations.ts";
import { resolveMatch } from "./resolve_match.ts";
import type { Report } from "./resolve_rule.ts";
import { DAYS, INSTANT_ERROR, TIME_PATTERN } from "./schema_maintenance.ts";

type Once = Extract<MaintenanceEntry, { from: string }>;
type Weekly = Extract<MaintenanceEntry, { every: unknown }>;

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** Returns the window that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveWindow(
  { path, entry }: Placed<MaintenanceEntry>,
  report: Report,
): MaintenanceWindow | null {
  const { name, reason = "", match } = entry;
  const schedule = "every" in entry
    ? resolveWeekly(entry, path, report)
    : resolveOnce(entry, path, report);
  return schedule && { name, reason, matcher: resolveMatch(match), schedule };
}

function resolveOnce(entry: Once, path: Path, report: Report): MaintenanceSchedule | null {
  const { timeZone } = entry;
  if (timeZone !== undefined && !checkZone(timeZone, { path, report })) return null;
  const startsAt = resolveInstant(entry.from, [...path, "from"], { timeZone, report });
  const endsAt = resolveInstant(entry.to, [...path, "to"], { timeZone, report });
  if (startsAt === null || endsAt === null) return null;
  if (endsAt > startsAt) return { kind: "once", startsAt, endsAt };
  report([...path, "to"], `must be after "from", ${quote(entry.from)}, got ${quote(entry.to)}`);
  return null;
}

function resolveWeekly(entry: Weekly, path: Path, report: Report): MaintenanceSchedule | null {
  const { every, at, timeZone } = entry;
  const isZone = checkZone(timeZone, { path, report });
  const place = { path: [...path, "duration"], report };
  const durationMs = resolveDuration(entry.duration, { min: "1m", max: "167h" }, place);
  if (!isZone || durationMs === null) return null;
  const [, hours, minutes] = TIME_PATTERN.exec(at) ?? [];
  const days = WEEKDAYS.filter((day) => every === "day" || every.includes(DAYS[day - 1] ?? ""));
  const startMinute = Number(hours) * 60 + Number(minutes);
  return { kind: "weekly", days, startMinute, durationMs, timeZone };
}

interface InstantScope {
  readonly timeZone: string | undefined;
  readonly report: Report;
}

function resolveInstant(
  text: string,
  path: Path,
  { timeZone, report }: InstantScope,
): Instant | null {
  try {
    // What stands in brackets could name another zone than the one beside it.
    if (text.includes("[")) throw new RangeError("a zone in brackets");
    if (/(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(text) && text.includes("T")) {
      return Temporal.Instant.from(text).epochMilliseconds;
    }
    if (timeZone !== undefined) {
      return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  report(path, `${INSTANT_ERROR}, got ${quote(text)}`);
  return null;
}

/** Returns what holds for alerts as a whole; what is wrong with it is reported, and then it is not to be used. */
export function resolveAlerting(
  { flapping, parentGrace }: AlertingEntry,
  report: Report,
): AlertingConfig {
  const window = { path: ["alerting", "flapping", "window"], report };
  const grace = { path: ["alerting", "parentGrace"], report };
  return {
    flapping: {
      changes: flapping.changes,
      windowMs: resolveDuration(flapping.window, { min: "1s", max: "1d" }, window) ?? 0,
    },
    parentGraceMs: resolveDuration(parentGrace, { min: "0s", max: "1h" }, grace) ?? 0,
  };
}
