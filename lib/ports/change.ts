/**
 * What changed in the monitor: the collector says so, the live hub and others listen.
 *
 * @module
 */

import type { SeriesSample } from "@/lib/domain/sample.ts";

/** The effects of one act, such as a push of samples or a deadline. */
export interface Change {
  /**
   * New samples by service and metric id, oldest first. A service with an empty map changed in some other
   * way. A service that is also in `removed` was removed first and has begun anew.
   */
  readonly services: ReadonlyMap<string, ReadonlyMap<string, readonly SeriesSample[]>>;
  /** Names of services that are gone, and with them their alerts. */
  readonly removed: readonly string[];
  /** Ids of changed alerts, those just resolved among them. */
  readonly alerts: readonly string[];
  /** Names of services of which something changed that decides over telling: alerts, what mutes them, flapping. */
  readonly incidents: readonly string[];
  /** `Clock.monotonicMs()` when the cause was accepted; latency is measured from here. */
  readonly acceptedAtMs: number;
}
