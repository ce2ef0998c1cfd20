/**
 * When a job is expected: at a distance from its last sign of life, or at times of the wall clock that a cron
 * expression names. Pure: the instant and the zone are handed in.
 *
 * @module
 */

import { Cron } from "croner";

import type { Instant } from "./instant.ts";
import type { CronSchedule, JobSchedule, MissingHeartbeatRule } from "./rule.ts";

/** One time that a cron expression names. */
export interface Occurrence {
  /** When it may come at the earliest. Differs from `dueAt` only where a day lacks that time or has it twice. */
  readonly from: Instant;
  /** When it is due. */
  readonly dueAt: Instant;
}

/** The five fields of crontab(5), in the letters that they are made of. */
const FIVE_FIELDS = /^[\dA-Z*\/,#-]+(?: [\dA-Z*\/,#-]+){4}$/i;

const NICKNAMES: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};

/** Zones change their offset seldom; whatever a jump may have hidden lies within this, in milliseconds. */
const JUMP_MS = 3 * 3_600_000;

/**
 * Returns when a job is due that gave its last sign of life at `sign`; `null` if it never is again. A sign that
 * comes a little before a time of the schedule, by its slack, is the sign of that time: clocks differ.
 *
 * @example
 * ```ts
 * import { dueAfter } from "@/lib/domain/schedule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const times = { timeZone: "Europe/Berlin", slackMs: 30_000, graceMs: 300_000 };
 * const due = dueAfter(
 *   { kind: "cron", cron: "0 3 * * *", ...times },
 *   Date.parse("2026-11-24T01:59:58Z"),
 * );
 * assertEquals(due, Date.parse("2026-11-25T02:00:00Z"));
 * ```
 */
export function dueAfter(schedule: JobSchedule, sign: Instant): Instant | null {
  switch (schedule.kind) {
    case "every":
      return sign + schedule.everyMs;
    case "cron":
      return nextOccurrence(schedule, sign + schedule.slackMs)?.dueAt ?? null;
  }
}

/**
 * Returns the first time that an expression names whose turn comes after an instant; `null` if none does.
 *
 * Where summer time begins or ends, schedulers differ: they run what falls into the hour that is left out before
 * it, after it or as if the clock had not been put forward, and what falls into the hour that comes twice in the
 * first or in the second one. All of that is in time here.
 *
 * @throws {TypeError | RangeError} If the expression is wrong, see `explainCron`, or there is no such zone.
 */
export function nextOccurrence(
  { cron, timeZone }: Pick<CronSchedule, "cron" | "timeZone">,
  after: Instant,
): Occurrence | null {
  const pattern = parsePattern(cron);
  let wall: Date | null = new Date(earliestWall(timeZone, after));
  while ((wall = pattern.nextRun(wall)) !== null) {
    const occurrence = toOccurrence(wall, timeZone);
    if (occurrence.from > after) return occurrence;
  }
  return null;
}

/** Returns what is wrong with a cron expression, to complete "the value …"; `null` if it names some time. */
export function explainCron(cron: string): string | null {
  if (NICKNAMES[cron] === undefined && !FIVE_FIELDS.test(cron)) {
    return 'must be the five fields of a crontab such as "0 3 * * *", or such as "@daily"';
  }
  try {
    if (parsePattern(cron).nextRun(new Date(0)) !== null) return null;
    return "must name a time that comes";
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    const reason = error.message.replace(/^CronPattern: /, "").replace(/\.$/, "");
    return `must be a cron expression such as "0 3 * * *" (${reason})`;
  }
}

/** So many times of an expression are looked at for the distances between them. */
const LOOKED_AT = 64;

/** The shortest and the longest distance between times that follow each other, in milliseconds. */
export interface Distances {
  /** The shortest. */
  readonly leastMs: number;
  /** The longest. */
  readonly mostMs: number;
}

/** Returns how far apart the times of a correct expression are, as far as its next sixty-four tell. */
export function measureDistances(cron: string): Distances {
  const times = parsePattern(cron).nextRuns(LOOKED_AT, new Date(0)).map((time) => time.getTime());
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return { leastMs: Math.min(...distances), mostMs: Math.max(...distances) };
}

/**
 * Returns a rule with the limits that it has for the silence since a sign of life. What is not scheduled has the
 * same limits always. So an alert keeps limits that hold for its evidence without any calendar.
 */
export function limitsSince(rule: MissingHeartbeatRule, sign: Instant): MissingHeartbeatRule {
  const { schedule, severity } = rule;
  const dueAt = schedule && dueAfter(schedule, sign);
  if (schedule === undefined || dueAt === undefined || dueAt === null) return rule;
  const [lateMs, missingMs] = [schedule.slackMs, schedule.graceMs].map((ms) => dueAt - sign + ms);
  if (lateMs === undefined || missingMs === undefined) return rule;
  const limitMs = severity === "critical" ? missingMs : lateMs;
  return { ...rule, limitMs, criticalMs: rule.criticalMs === null ? null : missingMs };
}

/**
 * Works on the wall clock alone: croner 10 goes back in time within the hour that comes twice. An offset of none
 * is the same as the zone UTC, and fifty times as fast.
 */
function parsePattern(cron: string): Cron {
  return new Cron(NICKNAMES[cron] ?? cron, { mode: "5-part", utcOffset: 0 });
}

/** Returns the wall clock at an instant, as if it were UTC; just after a jump forward, as if it had not been. */
function earliestWall(timeZone: string, at: Instant): number {
  const offsets = [at, at - JUMP_MS].map((each) =>
    Temporal.Instant.fromEpochMilliseconds(each).toZonedDateTimeISO(timeZone).offsetNanoseconds
  );
  return at + Math.min(...offsets) / 1_000_000;
}

function toOccurrence(wall: Date, timeZone: string): Occurrence {
  const time = Temporal.PlainDateTime.from(wall.toISOString().slice(0, -1));
  const [from, dueAt] = (["earlier", "later"] as const)
    .map((disambiguation) => time.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds);
  return { from: from ?? 0, dueAt: dueAt ?? 0 };
}
