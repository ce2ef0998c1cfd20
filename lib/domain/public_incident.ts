/**
 * Incidents as people outside of the team see them: a time in which a service was not well, from its
 * beginning to its recovery.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
import type { PublicSpan } from "./public_status.ts";

/** What users notice while a service is degraded. */
export type Symptom = "slow" | "errors" | "strained";

/** How bad it is. */
export type Trouble = "down" | "degraded";

/** How an incident stands. */
export type IncidentEnd =
  | { readonly kind: "recovered"; readonly at: Instant }
  /** Maintenance began; what is wrong from then on is not part of it. */
  | { readonly kind: "maintenance"; readonly at: Instant }
  /** It goes on: the service is in `trouble` since an instant. */
  | { readonly kind: "ongoing"; readonly trouble: Trouble; readonly since: Instant }
  /** Nothing was heard since, so that nobody knows; silence is no recovery. */
  | { readonly kind: "unseen"; readonly trouble: Trouble; readonly since: Instant };

/** One incident of one service. */
export interface PublicIncident {
  /** When it began. */
  readonly from: Instant;
  /** How it stands. */
  readonly end: IncidentEnd;
  /** For how long the service was down, in milliseconds. */
  readonly downMs: number;
  /** For how long it was degraded, in milliseconds. */
  readonly degradedMs: number;
  /** What was noticed, each once, in a fixed order. */
  readonly symptoms: readonly Symptom[];
}

/** An alert that may tell what was wrong. */
export interface TellingAlert {
  /** Id of the metric; `null` for a heartbeat. */
  readonly metric: string | null;
  /** When it began to fire. */
  readonly firedAt: Instant;
  /** When it was resolved; `null` while it fires. */
  readonly resolvedAt: Instant | null;
}

/** Trouble that comes back within this time, in milliseconds, is the same incident: it would only fill lists. */
export const QUIET_MS = 300_000;

/**
 * Returns the incidents in spans without holes, oldest first. Times without data neither begin nor end one.
 *
 * @example
 * ```ts
 * import { findIncidents } from "@/lib/domain/public_incident.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const spans = [
 *   { from: 0, to: 10, status: "up" as const },
 *   { from: 10, to: 40, status: "down" as const },
 *   { from: 40, to: 60, status: "up" as const },
 * ];
 * const [incident] = findIncidents(spans, []);
 * assertEquals(incident?.end, { kind: "recovered", at: 40 });
 * assertEquals(incident?.downMs, 30);
 * ```
 */
export function findIncidents(
  spans: readonly PublicSpan[],
  alerts: readonly TellingAlert[],
): PublicIncident[] {
  const found: Omit<PublicIncident, "symptoms">[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    const next = last === undefined ? begin(span) : follow(last, span);
    if (next === null || next === last) continue;
    if (last !== undefined && next.from === last.from) found.pop();
    found.push(next);
  }
  return found.map((incident) => ({ ...incident, symptoms: symptomsOf(incident, alerts) }));
}

/** Returns when an incident was over; `null` while it is not. */
export function endOf({ end }: Pick<PublicIncident, "end">): Instant | null {
  switch (end.kind) {
    case "recovered":
    case "maintenance":
      return end.at;
    case "ongoing":
    case "unseen":
      return null;
  }
}

/** Returns when there was something new to tell of an incident for the last time. */
export function changedAt({ end }: Pick<PublicIncident, "end">): Instant {
  return "at" in end ? end.at : end.since;
}

type Course = Omit<PublicIncident, "symptoms">;

function begin({ status, from, to }: PublicSpan): Course | null {
  if (status !== "down" && status !== "degraded") return null;
  const end = { kind: "ongoing" as const, trouble: status, since: from };
  return { from, end, ...addTime({ downMs: 0, degradedMs: 0 }, status, to - from) };
}

/** Returns how an incident goes on, or the one that begins after it. */
function follow(course: Course, span: PublicSpan): Course | null {
  const { end } = course;
  const isOpen = end.kind === "ongoing" || end.kind === "unseen";
  switch (span.status) {
    case "up":
      return isOpen ? { ...course, end: { kind: "recovered", at: span.from } } : course;
    case "maintenance":
      return isOpen ? { ...course, end: { kind: "maintenance", at: span.from } } : course;
    case "unknown":
      return end.kind === "ongoing" ? { ...course, end: { ...end, kind: "unseen" } } : course;
    case "down":
    case "degraded": {
      const isNew = !isOpen && (end.kind === "maintenance" || span.from - end.at > QUIET_MS);
      if (isNew) return begin(span);
      const { from, ...held } = course;
      const since = { kind: "ongoing" as const, trouble: span.status, since: span.from };
      return { from, end: since, ...addTime(held, span.status, span.to - span.from) };
    }
  }
}

type Held = Pick<PublicIncident, "downMs" | "degradedMs">;

function addTime({ downMs, degradedMs }: Held, trouble: Trouble, ms: number): Held {
  return trouble === "down"
    ? { downMs: downMs + ms, degradedMs }
    : { downMs, degradedMs: degradedMs + ms };
}

const ALL_SYMPTOMS: readonly Symptom[] = ["slow", "errors", "strained"];

function symptomsOf(course: Course, alerts: readonly TellingAlert[]): readonly Symptom[] {
  const until = endOf(course) ?? Infinity;
  const met = alerts.filter(({ firedAt, resolvedAt }) =>
    firedAt <= until && (resolvedAt ?? Infinity) >= course.from
  );
  const noticed = new Set(met.flatMap(({ metric }) => metric === null ? [] : [symptomOf(metric)]));
  return ALL_SYMPTOMS.filter((symptom) => noticed.has(symptom));
}

function symptomOf(metric: string): Symptom {
  if (metric === "latency") return "slow";
  return metric === "errorRate" ? "errors" : "strained";
}
