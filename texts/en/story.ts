/** The story of an alert: its rule, what was looked at, who was told, and its life. @module */

import { formatCount, joinWords, type Phrase, plural } from "./language.ts";

export const rule = "The rule";
export const whoWasTold = "Who was told";
export const life = "Its life";
export const madeItFire = "What made it fire";
export const lookedAt = "What was looked at";

export const severities = { warning: "warning", critical: "critical" } as const;
export const states = { pending: "pending", firing: "firing", resolved: "resolved" } as const;

export function standing<Part>(age: Part, since: Part): Phrase<Part> {
  return ["for ", age, ", since ", since];
}

export function lasted<Part>(
  { from, to, span }: { readonly from: Part; readonly to: Part; readonly span: string },
): Phrase<Part> {
  return [from, " to ", to, `, it lasted ${span}`];
}

export const changes = {
  pending: "Pending",
  firing: "Firing",
  escalated: "Critical",
  eased: "A warning again",
  resolved: "Resolved",
  cancelled: "Never fired",
  acknowledged: "Acknowledged",
  unacknowledged: "Acknowledgement taken back",
} as const;

export const asTable = "The same as a table";

/** Before a limit beside the scale. */
export const clears = "clears ";

export function samplesOf(count: number, metric: string): string {
  const samples = plural(count, "sample", "samples");
  return `${formatCount(count)} ${samples} of ${metric}; the numbers are in the table below`;
}

export const within = "within the limit";
export const beyond = "beyond the limit";
export const beyondCritical = "beyond the critical limit";
export const meanWithin = "mean within the limit";
export const meanBeyond = "mean beyond the limit";
export const meanBeyondCritical = "mean beyond the critical limit";
export const oneSample = "one sample";

export const clearsAt = (limit: string): string => `clears at ${limit}`;
export const limit = (limit: string): string => `limit ${limit}`;
export const criticalLimit = (limit: string): string => `critical limit ${limit}`;
export const critical = (limit: string): string => `critical ${limit}`;

export function silence(silence: string, limit: string): string {
  return `${silence} without a heartbeat, limit ${limit}`;
}

export const lastHeartbeat = "last heartbeat";
export const ofSilence = (span: string): string => `${span} of silence`;

export const time = "Time";
export const what = "What";
export const silenceCaption = "Silence";
export const judged = "judged";

export function silenceAndLimit(silence: string, limit: string): string {
  return `${silence}, limit ${limit}`;
}

export const meanOf = (count: number): string => `Mean of ${formatCount(count)}`;
export const limitCaption = (limit: string): string => `Limit ${limit}`;
export const sides = { above: "above", below: "below", within: "within" } as const;

export const notified = {
  queued: "to be sent",
  retrying: "being sent",
  delivered: "sent",
  failed: "not sent",
  dropped: "not sent",
} as const;

export const held = (reason: string): string => `held: ${reason}`;

/** What becomes of a message, why it was decided, and how that went. */
export function sent(verb: string, reason: string, outcome: string): string {
  return `${verb}, ${reason}: ${outcome}`;
}

export function toldUntil(words: string, reminder: string): string {
  return `${words}, next reminder ${reminder}`;
}

export function heldUntil(words: string, time: string): string {
  return `${words} until ${time}`;
}

export function wereTold(names: readonly string[]): string {
  return `${joinWords(names)} ${plural(names.length, "was", "were")} told.`;
}

export function onItsWay(names: readonly string[]): string {
  return `A message to ${joinWords(names)} is on its way.`;
}

export function didNotArrive(names: readonly string[]): string {
  return `The message to ${joinWords(names)} did not get through.`;
}

export const nobodyYet = (sentences: string): string => `Nobody was told yet. ${sentences}`;
export const nobodyBecause = (reason: string): string => `Nobody was told: ${reason}.`;
export const notFired = "Nobody was told: it has not fired.";
export const noRecord = "Who was told is no longer on record, or nobody was.";
export const noReceivers = "Nobody was told: no receivers are configured.";
export const silencedUntil = (time: string): string =>
  `Nobody was told: it is silenced until ${time}.`;
export const maintenanceUntil = (time: string): string =>
  `Nobody was told: it is in maintenance until ${time}.`;
export const waitsFor = (service: string): string => `Nobody was told: it waits for ${service}.`;
export const isOnIt = (name: string): string => `Nobody was told: ${name} is on it.`;
export const notYetTold =
  "Nobody was told of it yet: it may be told together with what else fails on this service.";

export function tries(count: number): string {
  return `${formatCount(count)} ${plural(count, "try", "tries")}`;
}

export const heldOutcome = "held";
export const waitsForTry = "waits for its first try";
export const notYet = (tries: string): string => `not yet after ${tries}`;
export const nextTry = (time: string): string => `; next try ${time}`;
export const deliveredOutcome = "delivered";
export const deliveredAfter = (tries: string): string => `delivered after ${tries}`;
export const givenUp = (tries: string): string => `given up after ${tries}`;
export const dropped = "dropped";

export const results = {
  delivered: "delivered",
  passing: "may work later",
  permanent: "will not work",
} as const;
