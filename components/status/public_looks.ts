/**
 * How statuses look on the status page: a tone, a mark and a favicon; names go with all of them.
 *
 * @module
 */

import type { PublicStatus } from "@/lib/domain/public_status.ts";

/** How one status looks. */
export interface PublicLook {
  /** A value of `data-tone` in `status.css`. */
  readonly tone: "ok" | "warn" | "crit" | "calm" | "idle";
  /** A shape of its own, so that colour is not needed. */
  readonly mark: string;
  /** Path of the favicon, in `static/`. */
  readonly icon: string;
}

/** How each status looks. */
export const PUBLIC_LOOKS: Readonly<Record<PublicStatus, PublicLook>> = {
  up: { tone: "ok", mark: "●", icon: "/favicon-healthy.svg" },
  degraded: { tone: "warn", mark: "▲", icon: "/favicon-degraded.svg" },
  down: { tone: "crit", mark: "■", icon: "/favicon-down.svg" },
  maintenance: { tone: "calm", mark: "◆", icon: "/favicon-unknown.svg" },
  unknown: { tone: "idle", mark: "○", icon: "/favicon-unknown.svg" },
};
