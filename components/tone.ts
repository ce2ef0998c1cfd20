/**
 * How a status looks: its colour tone, its mark and its favicon. Shape and text go with every colour.
 *
 * @module
 */

import type { Status } from "@/lib/domain/status.ts";

/** A value of `data-tone` in the stylesheet. */
export type Tone = "ok" | "warn" | "crit" | "idle";

/** How one status looks. */
export interface StatusLook {
  readonly tone: Tone;
  /** A shape of its own, so that colour is not needed. */
  readonly mark: string;
}

/** How each status looks. */
export const STATUS_LOOKS: Readonly<Record<Status, StatusLook>> = {
  HEALTHY: { tone: "ok", mark: "●" },
  DEGRADED: { tone: "warn", mark: "▲" },
  DOWN: { tone: "crit", mark: "■" },
  UNKNOWN: { tone: "idle", mark: "○" },
};

/** Returns the path of the favicon of a status, in `static/`. */
export function iconPath(status: Status): string {
  return `/favicon-${status.toLowerCase()}.svg`;
}
