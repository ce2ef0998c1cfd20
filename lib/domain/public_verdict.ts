/**
 * How all services are, in one line for people outside of the team.
 *
 * @module
 */

import { PUBLIC_STATUSES, type PublicStatus } from "./public_status.ts";

/** What each status is called. */
export const PUBLIC_STATUS_NAMES: Readonly<Record<PublicStatus, string>> = {
  up: "Operational",
  degraded: "Degraded",
  down: "Down",
  maintenance: "Maintenance",
  unknown: "No data",
};

/** The worst status, and the line. */
export interface PublicVerdict {
  /** The worst status present; `unknown` if there is none. */
  readonly status: PublicStatus;
  /** The line. */
  readonly headline: string;
}

/**
 * Returns the verdict.
 *
 * @example
 * ```ts
 * import { composePublicVerdict } from "@/lib/domain/public_verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(composePublicVerdict(["up", "down", "degraded"]), {
 *   status: "down",
 *   headline: "1 of 3 services is down, 1 is degraded",
 * });
 * ```
 */
export function composePublicVerdict(statuses: readonly PublicStatus[]): PublicVerdict {
  const status = PUBLIC_STATUSES.find((each) => statuses.includes(each)) ?? "unknown";
  return { status, headline: composeHeadline(statuses, status) };
}

function composeHeadline(statuses: readonly PublicStatus[], worst: PublicStatus): string {
  const all = statuses.length;
  const count = (status: PublicStatus) => statuses.filter((each) => each === status).length;
  if (all === 0) return "No services are shown here";
  switch (worst) {
    case "down": {
      const degraded = count("degraded");
      return `${subject(count("down"), all)} down${
        degraded > 0 ? `, ${be(degraded)} degraded` : ""
      }`;
    }
    case "degraded":
      return `${subject(count("degraded"), all)} degraded`;
    case "unknown":
      return count("unknown") === all
        ? "No data yet"
        : `No data from ${part(count("unknown"), all)}`;
    case "maintenance":
      return `${subject(count("maintenance"), all)} under maintenance`;
    case "up":
      return `${subject(all, all)} operational`;
  }
}

function subject(count: number, all: number): string {
  if (count < all) return `${part(count, all)} ${count === 1 ? "is" : "are"}`;
  return all === 1 ? "The service is" : "All services are";
}

function part(count: number, all: number): string {
  return `${count} of ${all} services`;
}

function be(count: number): string {
  return `${count} ${count === 1 ? "is" : "are"}`;
}
