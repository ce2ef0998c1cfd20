/**
 * What was decided about telling, and what is still to be sent, as it is written down and read back.
 *
 * @module
 */

import { z } from "zod";

import type { Told } from "@/lib/domain/decide_notification.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { HoldReason, Notification, NotifiedAlert } from "@/lib/domain/notification.ts";

import { MAYBE_INSTANT, SEVERITY } from "./stored_alert.ts";
import type { NotificationView } from "./views.ts";

/** An entry of the notification log. */
export interface StoredNotification {
  /** Counts up from entry to entry. */
  readonly order: number;
  /** The entry. */
  readonly view: NotificationView;
  /** What is to be sent; `null` once that is over, or if nothing is sent. */
  readonly notification: Notification | null;
}

/** What one receiver knows of an incident. Times by the wall clock. */
export interface StoredMemory {
  /** What it was told; `null` for nothing. */
  readonly told: Told | null;
  /** Rules that it was told of since the incident began. */
  readonly ever: readonly string[];
  /** Whether it was told anything. */
  readonly wasTold: boolean;
  /** The reason of the latest hold. */
  readonly held: string;
  /** By rule: what mutes its alert, as it was noted. */
  readonly muted: Readonly<Record<string, string>>;
}

/** An incident that is not over. */
export interface StoredIncident {
  /** Id of the incident. */
  readonly id: string;
  /** Name of the service. */
  readonly service: string;
  /** When it began. */
  readonly since: Instant;
  /** When it began by the wall clock as it was set when this was written. */
  readonly steadySince: Instant;
  /** By rule: the id of its alert as it was seen last. */
  readonly alerts: Readonly<Record<string, string>>;
  /** By id of a firing alert: when it was seen first, by the wall clock. */
  readonly seenAt: Readonly<Record<string, Instant>>;
  /** By name of the receiver: what it knows. */
  readonly memories: Readonly<Record<string, StoredMemory>>;
}

const SEND_REASON = z.enum([
  ...["first", "more", "escalated", "repeat", "flapping", "resolved", "test"] as const,
]);

const HOLD_REASON: z.ZodType<HoldReason> = z.discriminatedUnion("code", [
  z.object({ code: z.literal("gathering"), until: z.number() }),
  z.object({ code: z.literal("told"), until: MAYBE_INSTANT }),
  z.object({ code: z.literal("inhibited"), by: z.string() }),
  z.object({ code: z.literal("awaiting parent"), by: z.string(), until: z.number() }),
  z.object({ code: z.literal("silenced"), by: z.string(), until: z.number() }),
  z.object({ code: z.literal("maintenance"), by: z.string(), until: z.number() }),
  z.object({ code: z.literal("acknowledged"), by: z.string() }),
  z.object({ code: z.literal("refused"), until: z.number() }),
  z.object({ code: z.literal("flapping") }),
  z.object({ code: z.literal("no match") }),
  z.object({ code: z.literal("never told") }),
]);

const VIEW: z.ZodType<NotificationView> = z.object({
  id: z.string(),
  at: z.number(),
  receiver: z.string(),
  receiverKind: z.string(),
  service: z.string(),
  incident: z.string(),
  alerts: z.array(z.string()),
  severity: SEVERITY,
  decision: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("send"), reason: SEND_REASON }),
    z.object({ kind: z.literal("hold"), reason: HOLD_REASON }),
  ]),
  title: z.string(),
  state: z.enum(["held", "queued", "retrying", "delivered", "failed", "dropped"]),
  reason: z.string().nullable(),
  attempts: z.array(z.object({
    at: z.number(),
    result: z.enum(["delivered", "passing", "permanent"]),
    detail: z.string(),
  })),
  tries: z.number(),
  nextTryAt: MAYBE_INSTANT,
});

const NOTIFIED: z.ZodType<NotifiedAlert> = z.object({
  id: z.string(),
  rule: z.string(),
  kind: z.enum(["threshold", "missingHeartbeat"]),
  severity: SEVERITY,
  state: z.enum(["firing", "resolved"]),
  firedAt: z.number(),
  resolvedAt: MAYBE_INSTANT,
  value: z.number(),
  peak: z.number(),
  limit: z.number(),
  unit: z.string(),
  message: z.string(),
});

const NOTIFICATION: z.ZodType<Notification> = z.object({
  id: z.string(),
  at: z.number(),
  reason: SEND_REASON,
  state: z.enum(["firing", "resolved", "test"]),
  severity: SEVERITY,
  incident: z.string(),
  service: z.string(),
  since: z.number(),
  lastedMs: z.number(),
  title: z.string(),
  alerts: z.array(NOTIFIED),
  affected: z.array(z.string()),
  url: z.string().nullable(),
});

const ENTRY: z.ZodType<StoredNotification> = z.object({
  order: z.number(),
  view: VIEW,
  notification: NOTIFICATION.nullable(),
});

const MEMORY: z.ZodType<StoredMemory> = z.object({
  told: z.object({
    rules: z.record(z.string(), SEVERITY),
    flapping: z.array(z.string()),
    at: z.number(),
  }).nullable(),
  ever: z.array(z.string()),
  wasTold: z.boolean(),
  held: z.string(),
  muted: z.record(z.string(), z.string()),
});

const INCIDENT: z.ZodType<StoredIncident> = z.object({
  id: z.string(),
  service: z.string(),
  since: z.number(),
  steadySince: z.number(),
  alerts: z.record(z.string(), z.string()),
  seenAt: z.record(z.string(), z.number()),
  memories: z.record(z.string(), MEMORY),
});

/**
 * Returns the entry of the log in a text.
 *
 * @throws {SyntaxError} If it is not JSON.
 * @throws {z.ZodError} If it is no such entry.
 */
export function parseStoredNotification(text: string): StoredNotification {
  return ENTRY.parse(JSON.parse(text));
}

/**
 * Returns the incident in a text.
 *
 * @throws {SyntaxError} If it is not JSON.
 * @throws {z.ZodError} If it is no incident.
 */
export function parseStoredIncident(text: string): StoredIncident {
  return INCIDENT.parse(JSON.parse(text));
}
