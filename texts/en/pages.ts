/** The pages for signing in, of errors, and of the audit. @module */

import type { Phrase } from "./language.ts";

export const signIn = "Sign in";
export const signInLead =
  "With a token of this Vitals: VITALS_TOKEN, or one that its configuration lists.";
export const noTokens =
  "Nobody needs to: no token is set. Everybody may read, and whatever changes something is for the machine that Vitals runs on.";
export const token = "Token";
export const wrongToken = "This is no token of this Vitals.";
export const sendingToken =
  "This token is for sending samples, and sees nothing. Sign in with one that may read.";

export function tooManyTokens(seconds: string): string {
  return `Too many tokens from your address were wrong. Try again in ${seconds} s.`;
}

export const notFound = "There is no such page";
export const notFoundAdvice = "The address may be mistyped.";
export const notAllowed = "This is not allowed";
export const notAllowedAdvice =
  "What you signed in with, or where you come from, is not enough for it.";
export const cannotBeDone = "This cannot be done";
export const cannotBeDoneAdvice = "The request was not one that Vitals takes.";
export const wentWrong = "Something went wrong";
export const wentWrongAdvice = "The fault is on our side. Please try again in a moment.";
export const toDashboard = "To the dashboard";

/** An advice, and the way back. */
export function advise<Part>(advice: string, link: Part): Phrase<Part> {
  return [`${advice} `, link];
}

export const audit = "Audit";
export const auditLead = "Who did what, and which tokens were refused. Times are UTC.";
export const log = "Log";
export const newestFirst = "newest first";
export const nothingYet = "Nothing yet. Whatever operators do stands here.";
export const newest = "Newest";
export const older = "Older";
export const what = "What";
export const toWhat = "To what";
export const who = "Who";
export const from = "From";
export const when = "When";
export const answer = "Answer";

/** Captions of cells where there is no head of a table, on small screens. */
export const byCell = "by";
export const fromCell = "from";
export const atCell = "at";
export const answeredCell = "answered";

export const tokenRefused = (what: string): string => `Token refused: ${what}`;

export const acts = {
  "POST /login": "Signed in",
  "POST /logout": "Signed out",
  "POST /api/alerts/:id/ack": "Acknowledged an alert",
  "DELETE /api/alerts/:id/ack": "Took an acknowledgement back",
  "POST /api/silences": "Made a silence",
  "PUT /api/silences/:id": "Changed a silence",
  "DELETE /api/silences/:id": "Ended a silence",
  "POST /api/faults": "Injected a fault",
  "DELETE /api/faults/:id": "Ended a fault",
  "POST /api/scenarios/current": "Started a scenario",
  "DELETE /api/scenarios/current": "Stopped the scenario",
  "POST /api/scenarios/current/pause": "Paused the scenario",
  "DELETE /api/scenarios/current/pause": "Resumed the scenario",
  "POST /api/receivers/:name/test": "Tried a receiver out",
} as const;
