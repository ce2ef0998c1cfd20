/**
 * Incidents in words that need no knowledge of rules and metrics.
 *
 * @module
 */

import * as words from "@/texts/status_page.ts";

import { formatDuration, type Instant } from "./instant.ts";
import type { PublicIncident, Symptom, Trouble } from "./public_incident.ts";
import { formatMoment, formatTime, startOfDay } from "./utc_time.ts";

/** What is told of an incident beside its beginning. */
export type Told = Omit<PublicIncident, "from">;

/**
 * Returns what happened, to stand behind the name of the service.
 *
 * @example
 * ```ts
 * import { describeIncident } from "@/lib/domain/incident_words.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const end = { kind: "recovered", at: 900_000 } as const;
 * const incident = { end, downMs: 720_000, degradedMs: 60_000, symptoms: ["slow"] } as const;
 * assertEquals(describeIncident(incident), "was down for 12 min and was slow for 1 min");
 * ```
 */
export function describeIncident(incident: Told): string {
  const { end } = incident;
  switch (end.kind) {
    case "recovered":
    case "maintenance":
      return describePast(incident);
    case "ongoing":
      return describeNow(end.trouble, incident);
    case "unseen":
      return words.whenLastSeen(describeBefore(end.trouble, incident));
  }
}

/** Returns how an incident ended, as a sentence, with the date if it is another one; how it stands while it goes on. */
export function describeEnd({ from, end }: Pick<PublicIncident, "from" | "end">): string {
  const tell = (at: Instant) =>
    startOfDay(at) === startOfDay(from) ? formatTime(at) : formatMoment(at);
  switch (end.kind) {
    case "recovered":
      return words.recoveredAt(tell(end.at));
    case "maintenance":
      return words.maintenanceBegan(tell(end.at));
    case "ongoing":
      return words.notRecovered;
    case "unseen":
      return words.nothingHeard;
  }
}

/** Returns how bad the worst of an incident was. */
export function worstOf({ downMs, end }: Pick<PublicIncident, "downMs" | "end">): Trouble {
  const isDown = downMs > 0 || ("trouble" in end && end.trouble === "down");
  return isDown ? "down" : "degraded";
}

function describePast({ downMs, degradedMs, symptoms }: Told): string {
  const parts = [
    ...(downMs > 0 ? [words.lasting(words.wasDown, formatDuration(downMs))] : []),
    ...(degradedMs > 0 ? [words.lasting(tellPast(symptoms), formatDuration(degradedMs))] : []),
  ];
  return words.together(parts);
}

function describeNow(trouble: Trouble, { downMs, symptoms }: Told): string {
  if (trouble === "down") return words.isDown;
  const now = tellNow(symptoms);
  return downMs > 0 ? words.afterDown(now, formatDuration(downMs)) : now;
}

function describeBefore(trouble: Trouble, { symptoms }: Told): string {
  return trouble === "down" ? words.wasDown : tellPast(symptoms);
}

function tellPast(symptoms: readonly Symptom[]): string {
  return tell(symptoms, words.wasTrouble);
}

function tellNow(symptoms: readonly Symptom[]): string {
  return tell(symptoms, words.isTrouble);
}

/** What users notice goes before what they do not. */
function tell(
  symptoms: readonly Symptom[],
  forms: Readonly<Record<Symptom, string>>,
): string {
  const noticed = symptoms.filter((symptom) => symptom !== "strained");
  return noticed.length === 0
    ? forms.strained
    : words.together(noticed.map((symptom) => forms[symptom]));
}
