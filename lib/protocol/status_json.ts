/**
 * The status page for programs.
 *
 * @module
 */

import { measureDays } from "@/lib/domain/day_cell.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { PublicStatus } from "@/lib/domain/public_status.ts";

import type { PublicServiceView, StatusView } from "./status_view.ts";

/** The days of a service as columns of equal length. */
export interface DayColumns {
  /** Beginning of the first day; each further one begins a day of UTC later. */
  readonly from: Instant;
  /** The worst status of each day. */
  readonly status: readonly PublicStatus[];
  /** The uptime of each day, 0 to 1; `null` if nothing of it is on record. */
  readonly uptime: readonly (number | null)[];
}

/** One service. */
export interface ServiceJson extends Omit<PublicServiceView, "days"> {
  /** The last ninety days; `null` while the past cannot be read. */
  readonly days: DayColumns | null;
}

/** The body of `GET /api/status`. */
export interface StatusJson extends Omit<StatusView, "groups"> {
  /** The services under their headings. */
  readonly groups: readonly {
    readonly name: string | null;
    readonly services: readonly ServiceJson[];
  }[];
}

/** Returns a page as it is sent: days are columns, which are a tenth as long. */
export function showStatus(view: StatusView): StatusJson {
  return {
    ...view,
    groups: view.groups.map(({ name, services }) => ({
      name,
      services: services.map(showService),
    })),
  };
}

function showService({ days, ...service }: PublicServiceView): ServiceJson {
  const [first] = days;
  if (first === undefined) return { ...service, days: null };
  const uptime = days.map((cell) => measureDays([cell]).ratio);
  const status = days.map((cell) => cell.status);
  return { ...service, days: { from: first.day, status, uptime: uptime.map(round) } };
}

/** A day has 86,400,000 milliseconds, so six digits tell a tenth of a second. */
function round(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 1e6) / 1e6;
}
