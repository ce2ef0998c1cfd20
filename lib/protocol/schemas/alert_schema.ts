/**
 * Schemas of alerts as they are shown.
 *
 * @module
 */

import { z } from "zod";

import type {
  AcknowledgementView,
  AlertDetail,
  AlertView,
  TransitionView,
} from "@/lib/protocol/views.ts";

import { type ExplainedNotification, NOTIFICATION_SCHEMA } from "./notification_schema.ts";
import { count, instant, listOf, number, orNull, SEVERITY, text } from "./parts.ts";
import { RULE_SCHEMA, SERIES_SAMPLE_SCHEMA } from "./rule_schema.ts";
import { schemaOf } from "./schema_of.ts";

const ACKNOWLEDGEMENT_SCHEMA: z.ZodType<AcknowledgementView> = schemaOf<AcknowledgementView>()(
  z.object({
    by: text("Who."),
    at: instant("When."),
    note: text("What they had to say; may be empty."),
    severity: SEVERITY,
  }),
);

const ALERT = {
  id: text("Unique among all alerts of this process."),
  rule: text("Name of the rule."),
  service: text("Name of the service."),
  severity: SEVERITY,
  state: z.enum(["pending", "firing", "resolved"]).meta({ description: "How far it is." }),
  since: instant("When the breach began."),
  firedAt: orNull(z.int(), "When it began to fire; `null` if it has not."),
  resolvedAt: orNull(z.int(), "When it was resolved; `null` if it is not."),
  value: number("The latest number that the rule computed, in `unit`."),
  peak: number("The worst number so far."),
  limit: number("The limit of the rule, in `unit`."),
  unit: text("Unit of `value`, `peak` and `limit`."),
  message: text("The reason in words, as of the latest transition."),
  failure: z.string().exactOptional().meta({
    description: "Of a silence that lasts: why the service could not be observed the last time.",
  }),
  evidence: listOf(SERIES_SAMPLE_SCHEMA, "The samples looked at by the latest transition."),
  progress: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("samples"),
      breaches: count("Breaches so far."),
      needed: count("Breaches needed."),
    }),
    z.object({
      kind: z.literal("duration"),
      neededMs: number("For how long it must breach, in milliseconds."),
      firesAt: orNull(z.number(), "When it fires if the breach goes on."),
    }),
  ]).meta({ description: "How far a pending alert is on its way to firing." }),
  definition: RULE_SCHEMA,
  seenAt: instant("When the newest sample that was looked at arrived."),
  calmSince: orNull(z.int(), "Since when only `keepFiringFor` holds it."),
  acknowledged: orNull(ACKNOWLEDGEMENT_SCHEMA, "Who is on it; `null` if nobody has said so."),
  silencedBy: z.object({
    kind: z.enum(["silence", "maintenance"]),
    id: text("Id of the silence, or name of the window."),
    until: instant("Until when."),
    author: text("Who made the silence; empty for a window."),
    reason: text("Why."),
  }).nullable().meta({ description: "What mutes it." }),
  inhibitedBy: z.object({
    kind: z.enum(["down", "recovering", "unconfirmed"]),
    service: text("Name of the service that it depends on."),
    alert: orNull(z.string(), "Id of the alert that says it is DOWN."),
    until: orNull(z.int(), "Until when; `null` while that service is DOWN."),
  }).nullable().meta({ description: "Why it is not told because of another service." }),
  flapping: z.object({
    since: instant("Since when."),
    changes: count("How often it changed lately."),
    windowMs: number("Within how many milliseconds."),
  }).nullable().meta({ description: "Whether it keeps changing its state." }),
};

/** An alert with its reason as of now. */
export interface ExplainedAlert extends AlertView {
  /** The reason in words, as of now. */
  readonly explanation: string;
}

/**
 * An alert as acts and the live socket show it.
 *
 * @ignore
 */
export const ALERT_SCHEMA: z.ZodType<AlertView> = schemaOf<AlertView>()(
  z.object(ALERT).meta({ description: "One alert as seen from outside." }),
);

/**
 * An alert as it is read.
 *
 * @ignore
 */
export const EXPLAINED_ALERT_SCHEMA: z.ZodType<ExplainedAlert> = schemaOf<ExplainedAlert>()(
  z.object({ ...ALERT, explanation: text("The reason in words, as of now.") }).meta({
    description: "One alert with its reason as of now.",
  }),
);

const TRANSITION_SCHEMA: z.ZodType<TransitionView> = schemaOf<TransitionView>()(
  z.object({
    change: z.enum([
      ...["pending", "firing", "escalated", "eased"] as const,
      ...["resolved", "cancelled", "acknowledged", "unacknowledged"] as const,
    ]).meta({ description: "What happened." }),
    at: instant("When."),
    severity: SEVERITY,
    value: number("The number computed, in `unit`."),
    limit: number("The limit it was held against, in `unit`."),
    unit: text("Unit of both."),
    message: text("The reason in words."),
    evidence: listOf(SERIES_SAMPLE_SCHEMA, "Exactly the samples looked at, oldest first."),
    rule: RULE_SCHEMA,
    seenAt: instant("When the newest sample looked at arrived."),
    acknowledged: orNull(ACKNOWLEDGEMENT_SCHEMA, "Who acknowledged, if that is what happened."),
  }).meta({ description: "One step in the life of an alert." }),
);

/** One alert with its life, all with their reasons in words. */
export interface ExplainedDetail extends Pick<AlertDetail, "transitions"> {
  /** The alert as it is now, or was at its end. */
  readonly alert: ExplainedAlert;
  /** What was decided about telling of it, newest first. */
  readonly notifications: readonly ExplainedNotification[];
}

/**
 * One alert with its life.
 *
 * @ignore
 */
export const ALERT_DETAIL_SCHEMA: z.ZodType<ExplainedDetail> = schemaOf<ExplainedDetail>()(
  z.object({
    alert: EXPLAINED_ALERT_SCHEMA,
    transitions: listOf(TRANSITION_SCHEMA, "Its steps, oldest first."),
    notifications: listOf(NOTIFICATION_SCHEMA, "What was decided about telling, newest first."),
  }).meta({ description: "One alert with its whole life, and who was told of it." }),
);
