/**
 * Schemas of what was told to whom.
 *
 * @module
 */

import { z } from "zod";

import type { NotificationCounts, NotificationView, ReceiverView } from "@/lib/protocol/views.ts";

import { count, instant, listOf, orNull, SEVERITY, text } from "./parts.ts";
import { schemaOf } from "./schema_of.ts";

const BY = text("Who or what does.");
const UNTIL = instant("Until when.");

const HOLD_REASON = z.discriminatedUnion("code", [
  z.object({ code: z.literal("gathering"), until: UNTIL }),
  z.object({ code: z.literal("told"), until: orNull(z.int(), "When the next reminder is due.") }),
  z.object({ code: z.literal("refused"), until: UNTIL }),
  z.object({ code: z.literal("inhibited"), by: BY }),
  z.object({ code: z.literal("awaiting parent"), by: BY, until: UNTIL }),
  z.object({ code: z.literal("silenced"), by: BY, until: UNTIL }),
  z.object({ code: z.literal("maintenance"), by: BY, until: UNTIL }),
  z.object({ code: z.literal("acknowledged"), by: BY }),
  z.object({ code: z.literal("flapping") }),
  z.object({ code: z.literal("no match") }),
  z.object({ code: z.literal("never told") }),
]);

/** An entry of the notification log with the reason of its decision in words. */
export interface ExplainedNotification extends NotificationView {
  /** The reason in words. */
  readonly explanation: string;
}

/**
 * An entry of the notification log.
 *
 * @ignore
 */
export const NOTIFICATION_SCHEMA: z.ZodType<ExplainedNotification> = schemaOf<
  ExplainedNotification
>()(
  z.object({
    id: text("Unique among the entries; also the idempotency key of what is sent."),
    at: instant("When it was decided."),
    receiver: text("Name of the receiver."),
    receiverKind: text("Kind of the receiver, such as `webhook`."),
    service: text("Name of the service; empty for a test."),
    incident: text("Id of the incident; empty for a test."),
    alerts: listOf(z.string(), "Ids of the alerts that it is about."),
    severity: SEVERITY,
    decision: z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("send"),
        reason: z.enum(
          ["first", "more", "escalated", "repeat", "flapping", "resolved", "test"],
        ),
      }),
      z.object({ kind: z.literal("hold"), reason: HOLD_REASON }),
    ]).meta({ description: "To send, or to hold, and why." }),
    title: text("What it says in one line."),
    state: z.enum(["held", "queued", "retrying", "delivered", "failed", "dropped"]).meta({
      description: "What became of it.",
    }),
    reason: orNull(z.string(), "Why it is over without being delivered."),
    attempts: listOf(
      z.object({
        at: instant("When it ended."),
        result: z.enum(["delivered", "passing", "permanent"]),
        detail: text("In words, such as `HTTP 503`."),
      }),
      "The latest attempts, oldest first, at most ten.",
    ),
    tries: count("How many attempts there were."),
    nextTryAt: orNull(z.int(), "When it is tried next."),
    explanation: text("The reason of the decision in words."),
  }).meta({ description: "A decision to tell somebody or not, and what came of it." }),
);

/**
 * A receiver.
 *
 * @ignore
 */
export const RECEIVER_SCHEMA: z.ZodType<ReceiverView> = schemaOf<ReceiverView>()(
  z.object({
    name: text("Its name."),
    kind: text("Its kind, such as `webhook`."),
    state: z.enum(["ok", "failing"]).meta({
      description: "`failing` while the latest attempt failed.",
    }),
    queued: count("How many notifications wait."),
    failure: orNull(z.string(), "Why the latest attempt failed."),
    deliveredAt: orNull(z.int(), "When the latest notification was delivered."),
  }).meta({ description: "Where notifications go; nothing of it is secret." }),
);

/** What came of a test notification that was taken. */
export interface TestDelivery {
  /** It was taken. */
  readonly result: "delivered";
  /** By what, such as `HTTP 204`. */
  readonly detail: string;
}

/**
 * What came of a test notification.
 *
 * @ignore
 */
export const TEST_DELIVERY_SCHEMA: z.ZodType<TestDelivery> = schemaOf<TestDelivery>()(
  z.object({
    result: z.literal("delivered"),
    detail: text("By what it was taken, such as `HTTP 204`."),
  }),
);

/**
 * Counts of notifications.
 *
 * @ignore
 */
export const NOTIFICATION_COUNTS_SCHEMA: z.ZodType<NotificationCounts> = schemaOf<
  NotificationCounts
>()(
  z.object({
    decisions: z.record(z.string(), z.int()).meta({
      description: "How often each decision was made, by its reason.",
    }),
    receivers: z.record(
      z.string(),
      z.object({
        posted: count("Notifications queued."),
        delivered: count("Of those, delivered."),
        failed: count("Of those, given up."),
        dropped: count("Of those, dropped: the queue was full, or a newer one replaced it."),
        attempts: count("Attempts, the first ones and others."),
        retries: count("Of those, not the first."),
      }),
    ).meta({ description: "What became of what was sent, by name of the receiver." }),
  }).meta({ description: "Counted since the start." }),
);
