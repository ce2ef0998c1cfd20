/**
 * The status page as a value: all that it says, and nothing that is not for everybody.
 *
 * @module
 */

import type { DayCell } from "@/lib/domain/day_cell.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Trouble } from "@/lib/domain/public_incident.ts";
import type { PublicStatus } from "@/lib/domain/public_status.ts";

/** How many days the page looks back. */
export const SHOWN_DAYS = 90;

/** Of how many days before today incidents are told. */
export const INCIDENT_DAYS = 14;

/** One day of a service. */
export interface PublicDayView extends DayCell {
  /** How the service was on it, in words of ours: `"24 Nov 2026: 99.58 % up, down for 6 min"`. */
  readonly words: string;
}

/** One service. */
export interface PublicServiceView {
  /** Its name, as in addresses. */
  readonly service: string;
  /** What it is called. */
  readonly name: string;
  /** How it is. */
  readonly status: PublicStatus;
  /** Since when its status has not changed. */
  readonly since: Instant;
  /** 0 to 1, of the time on record in {@linkcode SHOWN_DAYS} days; `null` if there is none. */
  readonly uptime: number | null;
  /** The last {@linkcode SHOWN_DAYS} days, oldest first; empty while the past cannot be read. */
  readonly days: readonly PublicDayView[];
}

/** Services under a heading. */
export interface PublicGroupView {
  /** The heading; `null` if there is none. */
  readonly name: string | null;
  /** At least one. */
  readonly services: readonly PublicServiceView[];
}

/** One incident. */
export interface PublicIncidentView {
  /** A UUID that stays the same, as a URN. */
  readonly id: string;
  /** Name of the service, as in addresses. */
  readonly service: string;
  /** What the service is called. */
  readonly name: string;
  /** How bad the worst of it was. */
  readonly trouble: Trouble;
  /** When it began. */
  readonly from: Instant;
  /** When it was over; `null` while it is not. */
  readonly to: Instant | null;
  /** When something about it changed for the last time. */
  readonly changedAt: Instant;
  /** What happened, behind the name of the service: `"was down for 12 min"`. */
  readonly words: string;
  /** How it ended or stands, as a sentence. */
  readonly outcome: string;
}

/** A time of maintenance that is now or comes soon. */
export interface PublicMaintenanceView {
  /** What it is for. */
  readonly title: string;
  /** What the services are called; all that are shown if it is none. */
  readonly services: readonly string[];
  /** Whether it is now. */
  readonly isActive: boolean;
  /** When it begins. */
  readonly startsAt: Instant;
  /** When it ends. */
  readonly endsAt: Instant;
}

/** The whole page. */
export interface StatusView {
  /** When it was so. */
  readonly at: Instant;
  /** What the page is called. */
  readonly title: string;
  /** A sentence below the title; may be empty. */
  readonly description: string;
  /** The worst status of all services. */
  readonly status: PublicStatus;
  /** How all services are, in one line. */
  readonly headline: string;
  /** The services. */
  readonly groups: readonly PublicGroupView[];
  /** Incidents of {@linkcode INCIDENT_DAYS} days before today and of today, and older ones that go on; newest first. */
  readonly incidents: readonly PublicIncidentView[];
  /** Times of maintenance, those of now first, then by their beginnings. */
  readonly maintenance: readonly PublicMaintenanceView[];
  /** How many services are left out because they are too many. */
  readonly leftOut: number;
  /** Whether the past could be read. */
  readonly hasPast: boolean;
}

/** Returns all services of a page, in its order. */
export function servicesIn({ groups }: Pick<StatusView, "groups">): readonly PublicServiceView[] {
  return groups.flatMap(({ services }) => services);
}
