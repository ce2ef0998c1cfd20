/**
 * The source `heartbeat` in the configuration.
 *
 * @module
 */

import { z } from "zod";

import { describeSchedule } from "@/lib/domain/describe_rule.ts";
import { quote } from "@/lib/domain/quote.ts";
import type { JobSchedule, JobTimes } from "@/lib/domain/rule.ts";
import { type Distances, explainCron, measureDistances } from "@/lib/domain/schedule.ts";
import type { HeartbeatConfig } from "@/lib/ports/source_config.ts";

import { checkZone } from "../check_zone.ts";
import type { Placed } from "../entries.ts";
import type { TextScope } from "../receiver_texts.ts";
import { type DurationBounds, resolveDuration } from "../resolve_durations.ts";
import { duration, line, object } from "../schema_parts.ts";
import type { SourceSchema } from "./source_schema.ts";

/** As it stands in the file. */
export interface HeartbeatEntry {
  /** Tells sources apart. */
  readonly kind: "heartbeat";
  /** From one sign of life to the next, as a duration. Either this or `cron`. */
  readonly expectEvery?: string | undefined;
  /** When it runs, as crontabs have it. */
  readonly cron?: string | undefined;
  /** The zone of `cron`; UTC if left out. */
  readonly timeZone?: string | undefined;
  /** How late it may be, as a duration. */
  readonly grace: string;
  /** How long a run may take, as a duration; the grace if left out. */
  readonly maxRun?: string | undefined;
}

/**
 * Its shape.
 *
 * @ignore
 */
export const HEARTBEAT: SourceSchema<HeartbeatEntry> = object({
  kind: z.literal("heartbeat").meta({
    description:
      "A job says when it begins and ends. Exactly one of `expectEvery` and `cron` is given.",
  }),
  expectEvery: duration("1h").optional().meta({
    description: "How long after one sign of life the next is expected.",
    examples: ["1h", "1d"],
  }),
  cron: line(100).optional().meta({
    description: "When the job runs: the five fields of a crontab, or such as @daily.",
    examples: ["0 3 * * *", "*/15 8-18 * * MON-FRI", "@daily"],
  }),
  timeZone: line(64).optional().meta({
    description: "The time zone of `cron`. Left out, it is UTC.",
    examples: ["Europe/Berlin"],
  }),
  grace: duration("5m").default("5m").meta({
    description:
      "How late the job may be: late it is DEGRADED, once this has passed it is missing and DOWN.",
    examples: ["5m", "30m"],
  }),
  maxRun: duration("2h").optional().meta({
    description:
      "How long a run may take of which the job said that it began. Left out, it is `grace`.",
    examples: ["2h"],
  }),
}, "must be an object").meta({
  oneOf: [{ required: ["expectEvery"] }, { required: ["cron"] }],
  dependentRequired: { timeZone: ["cron"] },
});

const EVERY_BOUNDS: DurationBounds = { min: "1s", max: "2y" };
const GRACE_BOUNDS: DurationBounds = { min: "1s", max: "30d" };

/** Clocks differ, and a machine that is busy begins late: so much is no lateness, in milliseconds. */
const MOST_SLACK_MS = 30_000;

/** Returns the source that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveHeartbeat(
  { path, entry }: Placed<HeartbeatEntry>,
  { report }: Pick<TextScope, "report">,
): HeartbeatConfig | null {
  const place = (key: string) => ({ path: [...path, key], report });
  const graceMs = resolveDuration(entry.grace, GRACE_BOUNDS, place("grace"));
  const maxRunMs = entry.maxRun === undefined
    ? graceMs
    : resolveDuration(entry.maxRun, GRACE_BOUNDS, place("maxRun"));
  const expected = resolveExpected({ path, entry }, { report });
  if (graceMs === null || maxRunMs === null || expected === null) return null;
  const { leastMs, mostMs } = expected.distances;
  const slackMs = Math.floor(Math.min(MOST_SLACK_MS, graceMs / 2, leastMs / 4));
  const schedule = expected.schedule({ slackMs, graceMs });
  return {
    ...{ kind: "heartbeat", about: describeSchedule(schedule), hosts: [] },
    ...{ silenceMs: mostMs + slackMs, schedule, maxRunMs },
  };
}

/** When a job is expected, before it is known how late it may be. */
interface Expected {
  readonly distances: Distances;
  readonly schedule: (times: JobTimes) => JobSchedule;
}

function resolveExpected(
  { path, entry: { expectEvery, cron, timeZone } }: Placed<HeartbeatEntry>,
  { report }: Pick<TextScope, "report">,
): Expected | null {
  if (cron !== undefined && expectEvery === undefined) {
    return resolveCron({ path, entry: { cron, timeZone: timeZone ?? "UTC" } }, { report });
  }
  if (expectEvery === undefined || cron !== undefined) {
    const got = cron === undefined ? "neither" : "both";
    report(path, `must have either "expectEvery" or "cron", got ${got}`);
    return null;
  }
  const place = { path: [...path, "expectEvery"], report };
  const everyMs = resolveDuration(expectEvery, EVERY_BOUNDS, place);
  if (timeZone !== undefined) {
    report([...path, "timeZone"], 'does not fit: it is the zone of "cron", which is left out');
    return null;
  }
  if (everyMs === null) return null;
  return {
    distances: { leastMs: everyMs, mostMs: everyMs },
    schedule: (times) => ({ kind: "every", everyMs, ...times }),
  };
}

function resolveCron(
  { path, entry: { cron, timeZone } }: Placed<{ readonly cron: string; readonly timeZone: string }>,
  { report }: Pick<TextScope, "report">,
): Expected | null {
  const wrong = explainCron(cron);
  if (wrong !== null) report([...path, "cron"], `${wrong}, got ${quote(cron)}`);
  if (!checkZone(timeZone, { path, report }) || wrong !== null) return null;
  return {
    distances: measureDistances(cron),
    schedule: (times) => ({ kind: "cron", cron, timeZone, ...times }),
  };
}
