/**
 * How all services are, in one line for people outside of the team.
 *
 * @module
 */

import * as words from "@/texts/status_page.ts";

import { PUBLIC_STATUSES, type PublicStatus } from "./public_status.ts";

/** What each status is called. */
export const PUBLIC_STATUS_NAMES: Readonly<Record<PublicStatus, string>> = words.statusNames;

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
  if (all === 0) return words.nothingShown;
  switch (worst) {
    case "down":
      return words.down(count("down"), all, count("degraded"));
    case "degraded":
      return words.degraded(count("degraded"), all);
    case "unknown":
      return count("unknown") === all ? words.noDataYet : words.noDataFrom(count("unknown"), all);
    case "maintenance":
      return words.underMaintenance(count("maintenance"), all);
    case "up":
      return words.operational(all);
  }
}
