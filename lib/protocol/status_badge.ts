/**
 * What badges say: how a service is, or its uptime.
 *
 * @module
 */

import { measureDays } from "@/lib/domain/day_cell.ts";
import type { PublicStatus } from "@/lib/domain/public_status.ts";
import { PUBLIC_STATUS_NAMES } from "@/lib/domain/public_verdict.ts";
import { formatUptime } from "@/lib/domain/uptime.ts";

import type { BadgeText, BadgeTone } from "./badge_svg.ts";
import { type PublicServiceView, SHOWN_DAYS } from "./status_view.ts";

/** What a badge is to show. */
export type BadgeQuery =
  & {
    /** The label; `null` for the usual one. */
    readonly label: string | null;
  }
  & (
    | { readonly kind: "status" }
    | {
      readonly kind: "uptime";
      /** Over how many days: 1 to {@linkcode SHOWN_DAYS}. */
      readonly days: number;
    }
  );

/** How many days are looked at if nobody says. */
const USUAL_DAYS = 30;

/** Returns what the parameters of an address ask for, or in a few words what is wrong with them. */
export function parseBadgeQuery(
  params: URLSearchParams,
): BadgeQuery | { readonly kind: "invalid"; readonly reason: string } {
  const label = params.get("label");
  const show = params.get("show") ?? "status";
  if (show === "status") return { kind: "status", label };
  if (show !== "uptime") return { kind: "invalid", reason: "show must be status or uptime" };
  const text = params.get("days") ?? String(USUAL_DAYS);
  const days = Number(text);
  return /^\d{1,2}$/.test(text) && days >= 1 && days <= SHOWN_DAYS
    ? { kind: "uptime", days, label }
    : { kind: "invalid", reason: `days must be 1 to ${SHOWN_DAYS}` };
}

/** Returns the badge of a service. */
export function describeBadge(service: PublicServiceView, query: BadgeQuery): BadgeText {
  switch (query.kind) {
    case "status": {
      const value = PUBLIC_STATUS_NAMES[service.status].toLowerCase();
      return { label: query.label ?? service.name, value, tone: TONES[service.status] };
    }
    case "uptime": {
      const { ratio } = measureDays(service.days.slice(-query.days));
      const label = query.label ?? `${service.name} uptime (${query.days} d)`;
      const value = ratio === null ? "no data" : formatUptime(ratio);
      return { label, value, tone: toneOf(ratio) };
    }
  }
}

const TONES: Readonly<Record<PublicStatus, BadgeTone>> = {
  up: "ok",
  degraded: "warn",
  down: "crit",
  maintenance: "calm",
  unknown: "idle",
};

/** Less than a thousandth is 43 minutes in 30 days, less than a hundredth 7 hours. */
function toneOf(ratio: number | null): BadgeTone {
  if (ratio === null) return "idle";
  if (ratio >= 0.999) return "ok";
  return ratio >= 0.99 ? "warn" : "crit";
}
