/**
 * Schemas of the past of a service.
 *
 * @module
 */

import { z } from "zod";

import type { EventView, HistoryView, TimelineView } from "@/lib/protocol/history_views.ts";

import { instant, listOf, number, orNull, SEVERITY, STATUS, text } from "./parts.ts";
import { schemaOf } from "./schema_of.ts";

const RANGE = { from: instant("Beginning of the range."), to: instant("End of the range.") };

/**
 * Samples over time.
 *
 * @ignore
 */
export const HISTORY_SCHEMA: z.ZodType<HistoryView> = schemaOf<HistoryView>()(
  z.object({
    ...RANGE,
    stepMs: number("Length of a bucket in milliseconds; 0 for samples as they came."),
    metrics: z.record(
      z.string(),
      z.object({
        t: listOf(z.number(), "Beginnings of the buckets, epoch milliseconds."),
        min: listOf(z.number(), "The least value of each bucket."),
        max: listOf(z.number(), "The greatest value of each bucket."),
        avg: listOf(z.number(), "The mean of each bucket."),
        count: listOf(z.int(), "How many samples are in each bucket."),
      }),
    ).meta({ description: "Columns of equal length, by metric id." }),
    gaps: listOf(
      z.object({
        from: instant("When the monitor was last known to be alive."),
        to: instant("When it ran again."),
      }),
      "Times within the range in which no monitor was running, oldest first.",
    ),
  }).meta({ description: "Samples of a service over a range of time." }),
);

const EVENT = {
  id: text("Unique among the events."),
  at: instant("When."),
};

/**
 * Something that happened.
 *
 * @ignore
 */
export const EVENT_SCHEMA: z.ZodType<EventView> = schemaOf<EventView>()(
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("status"), ...EVENT, from: STATUS, to: STATUS }),
    z.object({
      kind: z.literal("alert"),
      ...EVENT,
      change: z.enum([
        ...["pending", "firing", "escalated", "eased"] as const,
        ...["resolved", "cancelled", "acknowledged", "unacknowledged"] as const,
      ]),
      alert: text("Id of the alert."),
      rule: text("Name of its rule."),
      metric: orNull(z.string(), "The metric that the rule watches; `null` for a heartbeat."),
      severity: SEVERITY,
      value: number("The number computed, in `unit`."),
      limit: number("The limit it was held against, in `unit`."),
      unit: text("Unit of both."),
      message: text("The reason in words."),
    }),
    z.object({
      kind: z.literal("flapping"),
      ...EVENT,
      rule: text("Name of the rule."),
      flapping: z.boolean().meta({ description: "Whether it flapped from then on." }),
    }),
    z.object({ kind: z.literal("gap"), ...EVENT, to: instant("When a monitor ran again.") }),
  ]).meta({ description: "Something that happened to a service, or to the monitor." }),
);

/**
 * Statuses and alerts over time.
 *
 * @ignore
 */
export const TIMELINE_SCHEMA: z.ZodType<TimelineView> = schemaOf<TimelineView>()(
  z.object({
    ...RANGE,
    spans: listOf(
      z.object({
        from: instant("Its beginning."),
        to: instant("Its end."),
        status: z.enum(["HEALTHY", "DEGRADED", "DOWN", "UNKNOWN", "GAP"]).meta({
          description: "`GAP`: no monitor was running.",
        }),
      }),
      "Without holes, oldest first.",
    ),
    alerts: listOf(
      z.object({
        id: text("Id of the alert."),
        rule: text("Name of its rule."),
        metric: orNull(z.string(), "The metric that the rule watches; `null` for a heartbeat."),
        severity: SEVERITY,
        firedAt: instant("When it began to fire."),
        resolvedAt: orNull(z.int(), "When it was resolved; `null` while it fires."),
        message: text("The reason in words."),
      }),
      "Alerts that fired at any time in the range, oldest first.",
    ),
    uptime: listOf(
      z.object({
        spanMs: number("Length of the span up to now, in milliseconds."),
        ratio: orNull(z.number(), "0 to 1, of the time for which the status is known."),
        knownMs: number("For how much of the span the status is known, in milliseconds."),
      }),
      "Over the last 24 hours, 7 days and 30 days before now, whatever the range.",
    ),
  }).meta({ description: "The statuses and alerts of a service over a range of time." }),
);
