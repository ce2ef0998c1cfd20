/**
 * What the status page needs of a running monitor.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Status } from "@/lib/domain/status.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

/** A service in a few words. */
export interface ServiceOutline {
  /** Its name. */
  readonly name: string;
  /** Words to find it by, as configured. */
  readonly tags: readonly string[];
  /** How it is. */
  readonly status: Status;
  /** Since when it has this status. */
  readonly since: Instant;
}

/** Tells how services are, without what they measure. */
export interface StatusSource {
  /** All services, in no particular order. */
  outlines(): readonly ServiceOutline[];
  /** The pending and firing alerts of a service. */
  alertsOf(
    service: string,
  ): readonly Pick<AlertView, "state" | "firedAt" | "resolvedAt" | "definition">[];
}
