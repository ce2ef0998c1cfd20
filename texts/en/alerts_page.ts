/** The pages of alerts. @module */

import { formatCount, type Phrase, plural } from "./language.ts";

/** The title of the document, with how many alerts want a person. */
export function title(open: number): string {
  return `${open === 0 ? "" : `(${formatCount(open)}) `}Alerts · Vitals`;
}

export const alerts = "Alerts";
export const parts = "Parts of this page";
export const now = "Now";
export const history = "History";
export const silences = "Silences";
export const delivery = "Delivery";
export const allQuiet = "All quiet: nothing fires, nothing is pending.";

export const activeCount = (count: number): string => `${formatCount(count)} active`;
export const failingCount = (count: number): string => `${formatCount(count)} failing`;

export const active = "Active";
export const noneActive =
  "Nothing wants you. An alert that fires stands here until somebody is on it.";
export const acknowledged = "Acknowledged";
export const noneAcknowledged = "An alert that somebody is on stands here until it ends.";
export const muted = "Muted";
export const noneMuted =
  "Alerts that are silenced, in maintenance or inhibited stand here, with the reason.";
export const pending = "Pending";
export const nonePending = "A breach that has not lasted long enough yet stands here.";

export const andMore = (count: number): string => `And ${formatCount(count)} more.`;
export const listUpTo = (count: number): string => `List up to ${formatCount(count)}`;

export const resolved = "Resolved";
export const newestFirst = "newest first";
export const newest = "Newest";
export const older = "Older";
export const noneFits = "No alert that ended fits.";
export const noOlder = "There are no older ones.";
export const noneEnded =
  "Alerts that fired and are over stand here: how long, how bad, and why they ended.";
export const serviceContains = "Service contains";
export const service = "Service";
export const ruleContains = "Rule contains";
export const rule = "Rule";
export const severity = "Severity";
export const anySeverity = "Any severity";
export const severities = { warning: "warning", critical: "critical" } as const;
export const filter = "Filter";
export const fired = "Fired";
export const lasted = "Lasted";
export const worst = "Worst";
export const howItEnded = "How it ended";

/** Captions of cells where there is no head of a table, on small screens. */
export const firedCell = "fired";
export const lastedCell = "lasted";
export const worstCell = "worst";

export const newSilence = "New silence";
export const noSilences =
  "A silence mutes matching alerts for a time: they are watched and shown, but nobody is told. Active and coming ones stand here.";

export const expiredCount = (count: number): string => `${formatCount(count)} expired`;

export const maintenanceWindows = "Maintenance windows";
export const fromConfiguration = "from the configuration";
export const noMaintenance =
  'Times known in advance at which alerts are muted, as "maintenance" of the configuration says, stand here.';

export function fromTime<Part>(time: Part): Phrase<Part> {
  return ["from ", time, " "];
}

export function until<Part>(time: Part): Phrase<Part> {
  return ["until ", time];
}

export function ended<Part>(time: Part): Phrase<Part> {
  return ["ended ", time];
}

/** Behind when a silence ends. */
export function mutes(count: number): string {
  return ` · mutes ${formatCount(count)} ${plural(count, "alert", "alerts")} now`;
}

export const silencedBy = (author: string): string => `by ${author}`;
export const endSilence = (what: string): string => `End silence: ${what}`;
export const end = "End";
export const silenceStates = { pending: "pending", active: "active", expired: "expired" } as const;
export const windowStates = { active: "active", over: "over", planned: "planned" } as const;
export const neverAgain = "Does not come again";

export function nowFromTo<Part>(from: Part, to: Part): Phrase<Part> {
  return ["Now: ", from, " to ", to];
}

export function nextFromTo<Part>(from: Part, to: Part): Phrase<Part> {
  return ["Next: ", from, " to ", to];
}

export const receivers = "Receivers";

export function nobodyTold<Part>(emphasise: (text: string) => Part): Phrase<Part> {
  return [
    emphasise("Nobody is told."),
    ' Who is told of alerts (webhook, Slack, Discord, ntfy, mail) stands here once "receivers" of the configuration names somebody.',
  ];
}

export const deliveryLog = "Delivery log";
export const noDecisions =
  "Every decision to tell somebody of an alert, or not to, stands here with its reason.";
export const noEntryFits = "No entry fits.";
export const receiver = "Receiver";
export const anyReceiver = "Any receiver";
export const state = "State";
export const anyState = "Any state";

export const notificationStates = {
  held: "held",
  queued: "queued",
  retrying: "retrying",
  delivered: "delivered",
  failed: "failed",
  dropped: "dropped",
} as const;

export const receiverStates = { ok: "ok", failing: "failing" } as const;

export const neverDelivered = "nothing delivered yet";

export function lastDelivered<Part>(time: Part): Phrase<Part> {
  return ["last delivered ", time];
}

/** Behind when something was delivered. */
export const waitingCount = (count: number): string => ` · ${formatCount(count)} waiting`;
export const testReceiver = (name: string): string => `Test ${name}`;
export const test = "Test";
export const sending = "Sending…";

export function onService<Part>(service: Part): Phrase<Part> {
  return ["on ", service];
}

export const alertTitle = (rule: string, service: string): string =>
  `${rule} on ${service} · Vitals`;

/** Why something was sent or not, in a word or two, by the names that the API has for it. */
export const reasonNames = {
  first: "first",
  more: "more",
  escalated: "escalated",
  repeat: "repeat",
  flapping: "flapping",
  resolved: "resolved",
  test: "test",
  gathering: "gathering",
  told: "told",
  refused: "refused",
  inhibited: "inhibited",
  "awaiting parent": "awaiting parent",
  silenced: "silenced",
  maintenance: "maintenance",
  acknowledged: "acknowledged",
  "no match": "no match",
  "never told": "never told",
} as const;

/** How often a decision was made. */
export function counted(count: number, reason: string): string {
  return `${formatCount(count)} ${reason}`;
}
