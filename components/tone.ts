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
  /** Path of the favicon in `static/`. */
  readonly icon: string;
}

/** How each status looks. */
export const STATUS_LOOKS: Readonly<Record<Status, StatusLook>> = {
  HEALTHY: { tone: "ok", mark: "●", icon: "/favicon-healthy.svg" },
  DEGRADED: { tone: "warn", mark: "▲", icon: "/favicon-degraded.svg" },
  DOWN: { tone: "crit", mark: "■", icon: "/favicon-down.svg" },
  UNKNOWN: { tone: "idle", mark: "○", icon: "/favicon-unknown.svg" },
};
