/**
 * What the page of alerts shows beside the live state, and what its address asks for.
 *
 * @module
 */

import type { Severity } from "@/lib/domain/rule.ts";
import type {
  AlertView,
  MaintenanceView,
  NotificationView,
  ReceiverView,
  SilenceView,
} from "@/lib/protocol/views.ts";

/** The parts of the page. */
export type AlertsPart = "now" | "history" | "silences" | "delivery";

/** The parts of the page, in the order of its tabs. */
export const ALERTS_PARTS: readonly AlertsPart[] = ["now", "history", "silences", "delivery"];

/** What the address asks for. A filter that is empty lets everything through. */
export interface AlertsQuery {
  readonly part: AlertsPart;
  /** Part of the name of a service. */
  readonly service: string;
  /** Part of the name of a rule. */
  readonly rule: string;
  readonly severity: Severity | null;
  /** Name of a receiver. */
  readonly receiver: string;
  readonly state: NotificationView["state"] | null;
  /** Where the page goes on: the id of the last entry of the one before; `null` for the first. */
  readonly after: string | null;
  /** How many alerts of a group are listed. */
  readonly shown: number;
}

/** A page of the history. */
export interface HistoryPage {
  readonly alerts: readonly AlertView[];
  /** Where the next page goes on; `null` if this is the last. */
  readonly next: string | null;
}

/** Everything beside the live state. What the part does not show is left empty. */
export interface AlertsData {
  readonly history: HistoryPage;
  readonly silences: readonly SilenceView[];
  readonly maintenance: readonly MaintenanceView[];
  readonly receivers: readonly ReceiverView[];
  readonly notifications: readonly NotificationView[];
  /** How often each decision about telling was made since the start, by its reason. */
  readonly decisions: Readonly<Record<string, number>>;
  /** How many silences hold. */
  readonly activeSilences: number;
  /** How many receivers fail. */
  readonly failingReceivers: number;
}

/** How many entries a page of a list has. */
export const PAGE_SIZE = 50;

/** How many alerts of a group may be listed at once; the first unless asked for more. */
export const SHOWN_STEPS: readonly number[] = [50, 200, 1_000];

const STATES: readonly NotificationView["state"][] = [
  "held",
  "queued",
  "retrying",
  "delivered",
  "failed",
  "dropped",
];

/** The states of notifications, for a choice of them. */
export const NOTIFICATION_STATES: readonly NotificationView["state"][] = STATES;

/** Returns what an address asks for. What it does not know it passes over: an old link still leads somewhere. */
export function parseAlertsQuery(params: URLSearchParams): AlertsQuery {
  const text = (name: string) => (params.get(name) ?? "").trim().slice(0, 100);
  const severity = text("severity");
  return {
    part: ALERTS_PARTS.find((part) => part === text("view")) ?? "now",
    service: text("service"),
    rule: text("rule"),
    severity: severity === "warning" || severity === "critical" ? severity : null,
    receiver: text("receiver"),
    state: STATES.find((state) => state === text("state")) ?? null,
    after: params.get("after")?.slice(0, 300) || null,
    shown: SHOWN_STEPS.find((count) => String(count) === text("n")) ?? SHOWN_STEPS[0] ?? PAGE_SIZE,
  };
}

/** Returns the parameters that ask for this; those that say nothing are left out. */
export function formatAlertsQuery(query: AlertsQuery): string {
  const { part, service, rule, severity, receiver, state, after, shown } = query;
  const entries: readonly (readonly [name: string, value: string | null])[] = [
    ["view", part === "now" ? null : part],
    ["service", service],
    ["rule", rule],
    ["severity", severity],
    ["receiver", receiver],
    ["state", state],
    ["after", after],
    ["n", shown === SHOWN_STEPS[0] ? null : String(shown)],
  ];
  const params = new URLSearchParams();
  for (const [name, value] of entries) if (value) params.set(name, value);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
