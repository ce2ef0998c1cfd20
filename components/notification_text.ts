/**
 * Decisions about telling, in words: what was decided, what became of it, and who knows by now.
 *
 * @module
 */

import { describeDecision } from "@/lib/domain/describe_decision.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { HoldReason } from "@/lib/domain/notification.ts";
import type { AlertView, NotificationView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/story.ts";

/** Writes an instant as a time of day. */
export type WriteTime = (at: Instant) => string;

/** How a decision looks. */
export type DecisionTone = "ok" | "warn" | "crit" | "idle";

const VERBS: Readonly<Record<NotificationView["state"], string>> = {
  held: words.heldOutcome,
  ...words.notified,
};

/**
 * Returns what was decided and what became of it, such as `"sent, first: delivered, HTTP 204"` or
 * `"held: silenced by Anna until 13:00"`.
 */
export function describeNotification(notification: NotificationView, time: WriteTime): string {
  const { decision } = notification;
  switch (decision.kind) {
    case "hold":
      return words.held(describeHold(decision.reason, time));
    case "send":
      return words.sent(
        VERBS[notification.state],
        describeDecision(decision),
        describeOutcome(notification, time),
      );
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
  const why = describeDecision({ kind: "hold", reason });
  const until = "until" in reason ? reason.until : null;
  if (until === null) return why;
  return reason.code === "told"
    ? words.toldUntil(why, time(until))
    : words.heldUntil(why, time(until));
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
    ...(told.length > 0 ? [words.wereTold(told)] : []),
    ...(trying.length > 0 ? [words.onItsWay(trying)] : []),
    ...(lost.length > 0 ? [words.didNotArrive(lost)] : []),
  ];
  if (told.length > 0) return sentences.join(" ");
  if (sentences.length > 0) return words.nobodyYet(sentences.join(" "));
  const held = notifications.find(({ decision }) => decision.kind === "hold");
  if (held?.decision.kind === "hold") {
    return words.nobodyBecause(describeHold(held.decision.reason, time));
  }
  return explainNobody(telling, time);
}

/** There is no word of it in the log. */
function explainNobody({ alert, hasReceivers }: Telling, time: WriteTime): string {
  const { firedAt, resolvedAt, inhibitedBy, silencedBy, acknowledged } = alert;
  if (firedAt === null) return words.notFired;
  if (resolvedAt !== null) return words.noRecord;
  if (!hasReceivers) return words.noReceivers;
  if (silencedBy !== null) {
    const tell = silencedBy.kind === "silence" ? words.silencedUntil : words.maintenanceUntil;
    return tell(time(silencedBy.until));
  }
  if (inhibitedBy !== null) return words.waitsFor(inhibitedBy.service);
  if (acknowledged !== null) return words.isOnIt(acknowledged.by);
  return words.notYetTold;
}

function describeOutcome(notification: NotificationView, time: WriteTime): string {
  const { state, attempts, tries, nextTryAt } = notification;
  const detail = notification.reason ?? attempts.at(-1)?.detail ?? "";
  const after = detail === "" ? "" : `, ${detail}`;
  const count = words.tries(tries);
  switch (state) {
    case "held":
      return words.heldOutcome;
    case "queued":
      return words.waitsForTry;
    case "retrying":
      return words.notYet(count) + after +
        (nextTryAt === null ? "" : words.nextTry(time(nextTryAt)));
    case "delivered":
      return (tries > 1 ? words.deliveredAfter(count) : words.deliveredOutcome) + after;
    case "failed":
      return words.givenUp(count) + after;
    case "dropped":
      return words.dropped + after;
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
