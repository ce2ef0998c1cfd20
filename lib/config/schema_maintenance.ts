/**
 * The shape of maintenance windows and of what holds for alerts as a whole, in `vitals.config.jsonc`.
 *
 * @module
 */

import { z } from "zod";

import { DEFAULT_FLAP_POLICY } from "@/lib/domain/flapping.ts";
import { minLength } from "@/lib/protocol/length_checks.ts";

import type { AlertingEntry, MaintenanceEntry } from "./entry_types.ts";
import {
  A_NAME,
  duration,
  line,
  list,
  MATCH,
  matching,
  NAME_OF_RULE,
  object,
  wholeNumber,
} from "./schema_parts.ts";

/** How many maintenance windows there may be. */
export const MAX_WINDOWS = 100;

/** The days of the week, Monday first. */
export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** A time of the wall clock such as `"02:00"`. */
export const TIME_PATTERN: RegExp = /^([01]\d|2[0-3]):([0-5]\d)$/;

const INSTANT =
  'must be such as "2026-12-01T22:00:00+01:00", or without an offset beside a "timeZone"';
const EVERY = `must be "day", or a list of ${DAYS.map((day) => `"${day}"`).join(", ")}`;
const A_ZONE = 'must be the name of a time zone such as "Europe/Berlin"';

const COMMON = {
  name: matching(NAME_OF_RULE, A_NAME).meta({
    description: "Unique among the windows.",
    examples: ["nightly-backup"],
  }),
  reason: line(200).optional().meta({ description: "Why, for those who read the alert." }),
  match: MATCH.default({}).meta({
    description: "Which alerts it mutes; left out, all. All conditions given must be met.",
  }),
};

const ONCE = object({
  ...COMMON,
  from: line(64).meta({ description: "When it begins.", examples: ["2026-12-01T22:00:00+01:00"] }),
  to: line(64).meta({ description: "When it ends.", examples: ["2026-12-02T02:00:00+01:00"] }),
  timeZone: line(64).optional().meta({
    description: "The time zone of instants that are written without an offset.",
    examples: ["Europe/Berlin"],
  }),
}, "must be an object").meta({ title: "Once" });

const WEEKLY = object({
  ...COMMON,
  every: z.union([
    z.literal("day"),
    list(z.enum(DAYS, EVERY), 7, "days").check(minLength(1, EVERY)),
  ], EVERY).meta({ description: "On which days it begins.", examples: ["day", ["sat", "sun"]] }),
  at: matching(TIME_PATTERN, 'must be a time such as "02:00"').meta({
    description: "When it begins, by the wall clock of its time zone.",
    examples: ["02:00"],
  }),
  duration: duration("2h").meta({
    description: "How long it lasts: from 1m to less than a week.",
    examples: ["2h"],
  }),
  timeZone: line(64).default("UTC").meta({
    description: "The time zone that `at` is meant in.",
    examples: ["Europe/Berlin"],
  }),
}, "must be an object").meta({ title: "Weekly" });

const WINDOW = z.union(
  [ONCE, WEEKLY],
  'must be an object such as { "name": "backup", "every": "day", "at": "02:00", "duration": "2h" }',
);

/**
 * All maintenance windows.
 *
 * @ignore
 */
export const MAINTENANCE: z.ZodType<MaintenanceEntry[], unknown> = list(
  WINDOW,
  MAX_WINDOWS,
  "maintenance windows",
).default([]).meta({
  description:
    "Times known in advance at which nobody is told. Alerts are raised and shown as ever.",
});

/** Says of an instant that cannot be read what would be right. */
export const INSTANT_ERROR: string = INSTANT;

/** Says of a time zone that is unknown what would be right. */
export const ZONE_ERROR: string = A_ZONE;

const FLAPPING = object({
  changes: wholeNumber(2, 100).default(DEFAULT_FLAP_POLICY.changes).meta({
    description: "So many changes between firing and resolved …",
  }),
  window: duration("10m").default("10m").meta({
    description:
      "… within this time make an alert flap. It ends after half of this time without a change.",
  }),
}, 'must be an object such as { "changes": 5, "window": "10m" }');

/**
 * What holds for alerts as a whole.
 *
 * @ignore
 */
export const ALERTING: z.ZodType<AlertingEntry, Record<string, unknown>> = object({
  flapping: FLAPPING.prefault({}).meta({ description: "When an alert counts as flapping." }),
  parentGrace: duration("30s").default("30s").meta({
    description:
      "How long after the return of a service those that depend on it may take to recover before " +
      "they are told of.",
  }),
}, 'must be an object such as { "parentGrace": "1m" }').meta({
  title: "Alerting",
  description: "What holds for alerts as a whole.",
});

/** Returns a maintenance window of the file; `null` if it is malformed. */
export function readWindow(value: unknown): MaintenanceEntry | null {
  return WINDOW.safeParse(value).data ?? null;
}

/** Returns what holds for alerts as a whole, the default if it is malformed or left out. */
export function readAlerting(value: unknown): AlertingEntry {
  return ALERTING.safeParse(value).data ?? ALERTING.parse({});
}
