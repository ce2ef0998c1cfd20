/**
 * Decisions about telling, in words: what was decided, what became of it, and who knows by now.
 *
 * @module
 */

import { describeDecision } from "@/lib/domain/describe_decision.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { HoldReason } from "@/lib/domain/notification.ts";
import type { AlertView, NotificationView } from "@/lib/protocol/views.ts";

/** Writes an instant as a time of day. */
export type WriteTime = (at: Instant) => string;

/** How a decision looks. */
export type DecisionTone = "ok" | "warn" | "crit" | "idle";

const VERBS: Readonly<Record<NotificationView["state"], string>> = {
  held: "held",
  queued: "to be sent",
  retrying: "being sent",
  delivered: "sent",
  failed: "not sent",
  dropped: "not sent",
};

/**
 * Returns what was decided and what became of it, such as `"sent, first: delivered, HTTP 204"` or
 * `"held: silenced by Anna until 13:00"`.
 */
export function describeNotification(notification: NotificationView, time: WriteTime): string {
  const { decision } = notification;
  switch (decision.kind) {
    case "hold":
      return `held: ${describeHold(decision.reason, time)}`;
    case "send": {
      return `${VERBS[notification.state]}, ${describeDecision(decision)}: ${
        describeOutcome(notification, time)
      }`;
    }
  }
}

/** Returns the tone that goes with what became of a notification. */
export function toneOfNotification({ state }: Pick<NotificationView, "state">): DecisionTone {
  switch (state) {
    case "delivered":
      return "ok";
    case "retrying":
      return "warn";
    case "failed":
    case "dropped":
      return "crit";
    case "queued":
    case "held":
      return "idle";
  }
}

/** Returns why nothing is sent, and until when. */
export function describeHold(reason: HoldReason, time: WriteTime): string {
  const words = describeDecision({ kind: "hold", reason });
  const until = "until" in reason ? reason.until : null;
  if (until === null) return words;
  return reason.code === "told"
    ? `${words}, next reminder ${time(until)}`
    : `${words} until ${time(until)}`;
}

/** What {@linkcode explainTelling} looks at. */
export interface Telling {
  readonly alert: Pick<
    AlertView,
    "acknowledged" | "silencedBy" | "inhibitedBy" | "firedAt" | "resolvedAt"
  >;
  /** Newest first. */
  readonly notifications: readonly NotificationView[];
  /** Whether there is anybody to tell. */
  readonly hasReceivers: boolean;
}

/** Returns in plain sentences who knows of an alert, and who does not and why. */
export function explainTelling(telling: Telling, time: WriteTime): string {
  const { notifications } = telling;
  const told = toldReceivers(notifications);
  const trying = receiversIn(notifications, "queued", "retrying");
  const lost = receiversIn(notifications, "failed", "dropped");
  const sentences = [
    ...(told.length > 0 ? [`${listNames(told)} ${told.length === 1 ? "was" : "were"} told.`] : []),
    ...(trying.length > 0 ? [`A message to ${listNames(trying)} is on its way.`] : []),
    ...(lost.length > 0 ? [`The message to ${listNames(lost)} did not get through.`] : []),
  ];
  if (told.length > 0) return sentences.join(" ");
  if (sentences.length > 0) return `Nobody was told yet. ${sentences.join(" ")}`;
  const held = notifications.find(({ decision }) => decision.kind === "hold");
  if (held?.decision.kind === "hold") {
    return `Nobody was told: ${describeHold(held.decision.reason, time)}.`;
  }
  return explainNobody(telling, time);
}

/** There is no word of it in the log. */
function explainNobody({ alert, hasReceivers }: Telling, time: WriteTime): string {
  const { firedAt, resolvedAt, inhibitedBy, silencedBy, acknowledged } = alert;
  if (firedAt === null) return "Nobody was told: it has not fired.";
  if (resolvedAt !== null) return "Who was told is no longer on record, or nobody was.";
  if (!hasReceivers) return "Nobody was told: no receivers are configured.";
  if (silencedBy !== null) {
    const kind = silencedBy.kind === "silence" ? "it is silenced" : "it is in maintenance";
    return `Nobody was told: ${kind} until ${time(silencedBy.until)}.`;
  }
  if (inhibitedBy !== null) return `Nobody was told: it waits for ${inhibitedBy.service}.`;
  if (acknowledged !== null) return `Nobody was told: ${acknowledged.by} is on it.`;
  return "Nobody was told of it yet: it may be told together with what else fails on this service.";
}

function describeOutcome(notification: NotificationView, time: WriteTime): string {
  const { state, attempts, tries, nextTryAt } = notification;
  const detail = notification.reason ?? attempts.at(-1)?.detail ?? "";
  const after = detail === "" ? "" : `, ${detail}`;
  const count = tries === 1 ? "1 try" : `${tries} tries`;
  switch (state) {
    case "held":
      return "held";
    case "queued":
      return "waits for its first try";
    case "retrying":
      return `not yet after ${count}${after}` +
        (nextTryAt === null ? "" : `; next try ${time(nextTryAt)}`);
    case "delivered":
      return `delivered${tries > 1 ? ` after ${count}` : ""}${after}`;
    case "failed":
      return `given up after ${count}${after}`;
    case "dropped":
      return `dropped${after}`;
  }
}

function toldReceivers(notifications: readonly NotificationView[]): string[] {
  const delivered = notifications.filter(({ state }) => state === "delivered").reverse();
  return [...new Set(delivered.map(({ receiver }) => receiver))];
}

/** Returns the receivers whose newest message is in one of the states. */
function receiversIn(
  notifications: readonly NotificationView[],
  ...states: NotificationView["state"][]
): string[] {
  const sends = notifications.filter(({ decision }) => decision.kind === "send").reverse();
  const newest = new Map(sends.map(({ receiver, state }) => [receiver, state]));
  return [...newest].filter(([, state]) => states.includes(state)).map(([name]) => name);
}

function listNames(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
