/**
 * What a monitor goes on from after a restart, as its parts take it.
 *
 * @module
 */

import type { AlertTransition } from "@/lib/domain/alert.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Silence } from "@/lib/domain/silence.ts";
import type { StoredIncident, StoredNotification } from "@/lib/protocol/stored_notification.ts";
import type { StoredService } from "@/lib/protocol/stored_service.ts";

import type { AuditEntry } from "./audit.ts";
import type { RecentSamples } from "./history.ts";

/** State of an earlier run. */
export interface RestoredState {
  /** When the monitor was last known to be alive; `null` if this is its first run. */
  readonly aliveAt: Instant | null;
  /** The services. */
  readonly services: readonly StoredService[];
  /** By name of the service: its latest samples. */
  readonly recent: ReadonlyMap<string, RecentSamples>;
  /** Steps in the lives of the latest alerts, oldest first. */
  readonly transitions: readonly AlertTransition[];
  /** Silences, expired ones among them. */
  readonly silences: readonly Silence[];
  /** Incidents that are not over. */
  readonly incidents: readonly StoredIncident[];
  /** The notification log, oldest first, with what is still to be sent. */
  readonly notifications: readonly StoredNotification[];
  /** The audit log, in no particular order. */
  readonly audit: readonly AuditEntry[];
}

/** A first run. */
export const FIRST_RUN: RestoredState = {
  aliveAt: null,
  services: [],
  recent: new Map(),
  transitions: [],
  silences: [],
  incidents: [],
  notifications: [],
  audit: [],
};
