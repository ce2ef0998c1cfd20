/**
 * Status pages for tests.
 *
 * @module
 */

import { dayCells, describeDay } from "@/lib/domain/day_cell.ts";
import type { PublicSpan } from "@/lib/domain/public_status.ts";
import type {
  PublicDayView,
  PublicIncidentView,
  PublicServiceView,
  StatusView,
} from "@/lib/protocol/status_view.ts";

/** 2026-11-24T12:00:00Z. */
export const AT = Date.parse("2026-11-24T12:00:00Z");

const DAY = 86_400_000;

/** Ninety good days, or what spans make of them. */
export function daysOf(
  spans: readonly PublicSpan[] = [{ from: 0, to: AT, status: "up" }],
): readonly PublicDayView[] {
  return dayCells(spans, { now: AT, days: 90 })
    .map((cell) => ({ ...cell, words: describeDay(cell) }));
}

/** Returns a service that is well, but for what is given. */
export function serviceOf(change: Partial<PublicServiceView> = {}): PublicServiceView {
  return {
    ...{ service: "pay", name: "Payments", status: "up", since: AT - DAY, uptime: 1 },
    ...{ days: daysOf(), ...change },
  };
}

/** Returns an incident of yesterday, but for what is given. */
export function incidentOf(change: Partial<PublicIncidentView> = {}): PublicIncidentView {
  const from = AT - DAY;
  return {
    ...{ id: "urn:uuid:00000000-0000-5000-8000-000000000000", service: "pay", name: "Payments" },
    ...{ trouble: "down", from, to: from + 720_000, changedAt: from + 720_000 },
    ...{ words: "was down for 12 min", outcome: "Recovered at 12:12 UTC.", ...change },
  };
}

/** Returns a page of one service that is well, but for what is given. */
export function statusViewOf(change: Partial<StatusView> = {}): StatusView {
  return {
    ...{ at: AT, title: "Example status", description: "", status: "up" },
    ...{ headline: "The service is operational", incidents: [], maintenance: [] },
    ...{ groups: [{ name: null, services: [serviceOf()] }], leftOut: 0, hasPast: true, ...change },
  };
}
