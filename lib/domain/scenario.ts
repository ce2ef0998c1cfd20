/**
 * Scenarios: a play for simulated services, and what is expected to come of it. Times are milliseconds after
 * the beginning. Reading the file is `lib/config`'s matter, playing it that of `lib/scenario`.
 *
 * @module
 */

import * as words from "@/texts/scenario.ts";

import { FAULT_WORDS, type FaultKind } from "./fault.ts";
import type { SendReason } from "./notification.ts";
import type { Status } from "./status.ts";

/** A fault at its time. */
export interface ScenarioFault {
  /** When it begins. */
  readonly atMs: number;
  /** Name of the service. */
  readonly service: string;
  /** What goes wrong. */
  readonly kind: FaultKind;
  /** From 0 (hardly felt) to 1 (as bad as it gets). */
  readonly intensity: number;
  /** How long it lasts. */
  readonly durationMs: number;
}

/** An alert that is to fire. */
export interface ExpectedAlert {
  /** Name of the service. */
  readonly service: string;
  /** Name of the rule. */
  readonly rule: string;
  /** When it fires. */
  readonly firesAtMs: number;
  /** When it resolves; `null` if it still fires at the end. */
  readonly resolvesAtMs: number | null;
  /** How much earlier or later either may be. */
  readonly toleranceMs: number;
}

/** A status that a service is to have. */
export interface ExpectedStatus {
  /** When. */
  readonly atMs: number;
  /** Name of the service. */
  readonly service: string;
  /** How it is. */
  readonly status: Status;
  /** How much earlier or later will do. */
  readonly toleranceMs: number;
}

/** How many notifications are to go out. */
export interface ExpectedNotifications {
  /** In all; `null` if that is left open. */
  readonly total: number | null;
  /** By reason; one that is left out is left open. */
  readonly byReason: Partial<Readonly<Record<SendReason, number>>>;
}

/** What is to come of a scenario. An alert that fires and is not among them is a difference. */
export interface Expectations {
  /** All alerts that fire. */
  readonly alerts: readonly ExpectedAlert[];
  /** Statuses at some times. */
  readonly statuses: readonly ExpectedStatus[];
  /** What one receiver gets that is for everything. */
  readonly notifications: ExpectedNotifications;
}

/** A whole scenario. */
export interface Scenario {
  /** Its name, that of its file, such as `"monday-morning"`. */
  readonly name: string;
  /** What happens in it, in one sentence. */
  readonly summary: string;
  /** Whole number; the same seed gives the same run. */
  readonly seed: number;
  /** How long it takes. */
  readonly durationMs: number;
  /** The services it is about. */
  readonly services: readonly string[];
  /** The faults, in the order of their beginnings. */
  readonly timeline: readonly ScenarioFault[];
  /** What is to come of it. */
  readonly expects: Expectations;
}

/** Something that came of a scenario. */
export type ScenarioEvent =
  | {
    readonly kind: "fault";
    readonly atMs: number;
    readonly service: string;
    /** What went wrong. */
    readonly fault: FaultKind;
  }
  | {
    readonly kind: "alert";
    readonly atMs: number;
    readonly service: string;
    readonly rule: string;
    readonly change: "pending" | "firing" | "resolved" | "cancelled";
  }
  | {
    readonly kind: "status";
    readonly atMs: number;
    readonly service: string;
    readonly status: Status;
  }
  | {
    readonly kind: "notification";
    readonly atMs: number;
    readonly service: string;
    readonly reason: SendReason;
  };

/**
 * Returns a number of milliseconds after the beginning as it is told: in seconds with at most one digit after
 * the point, from a minute on with minutes.
 *
 * @example
 * ```ts
 * import { formatMoment } from "@/lib/domain/scenario.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([33_040, 95_000].map(formatMoment), ["33 s", "1 min 35 s"]);
 * ```
 */
export function formatMoment(atMs: number): string {
  const tenths = Math.round(atMs / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = tenths % 600 / 10;
  if (minutes === 0) return `${seconds} s`;
  return seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`;
}

/** Returns an event as one line for people, without its time. */
export function describeEvent(event: ScenarioEvent): string {
  const { service } = event;
  switch (event.kind) {
    case "fault":
      return words.faultOn(FAULT_WORDS[event.fault].label, service);
    case "alert":
      return `${event.rule} on ${service} ${ALERT_WORDS[event.change]}`;
    case "status":
      return `${service} is ${event.status}`;
    case "notification":
      return `notification about ${service}: ${event.reason}`;
  }
}

const ALERT_WORDS = {
  pending: "is pending",
  firing: "fires",
  resolved: "is resolved",
  cancelled: "is no longer pending",
} as const;

/** Returns a transcript as text: one line of JSON an event, so that two runs can be compared byte for byte. */
export function formatTranscript(events: readonly ScenarioEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/**
 * Returns what begins or ends next in a scenario, and when; `null` if only its end is left. Moments at
 * `elapsedMs` have passed.
 */
export function nextMoment(
  { timeline }: Pick<Scenario, "timeline">,
  elapsedMs: number,
): { readonly atMs: number; readonly what: string } | null {
  const moments = timeline.flatMap(({ atMs, service, kind, durationMs }) => {
    const { label } = FAULT_WORDS[kind];
    return [
      { atMs, what: words.faultOn(label, service) },
      { atMs: atMs + durationMs, what: words.endOfFault(label, service) },
    ];
  });
  const coming = moments.filter(({ atMs }) => atMs > elapsedMs);
  return coming.sort((one, other) => one.atMs - other.atMs)[0] ?? null;
}
