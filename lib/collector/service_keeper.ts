/**
 * Writing down the state of services: at once what was decided, and what only moves on now and then.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { Ledger } from "@/lib/ports/ledger.ts";
import type { ArrivalKind } from "@/lib/ports/monitor.ts";
import { formatStoredService } from "@/lib/protocol/stored_service.ts";

import type { ServiceEffect, WatchedService } from "./watched_service.ts";

/** What a {@linkcode ServiceKeeper} needs. */
export interface ServiceKeeperOptions {
  /** Measures the time between two writings. */
  readonly clock: Clock;
  /** Where the state is written. */
  readonly ledger: Ledger;
  /** Returns a service; `undefined` if there is none of that name. */
  readonly find: (service: string) => WatchedService | undefined;
  /** Whether configuration lists a service. */
  readonly isListed: (service: string) => boolean;
  /** Returns what a service came by that is not listed. */
  readonly arrivalOf: (service: string) => ArrivalKind;
  /** Returns when a service last ceased to be DOWN; `null` if that is not known. */
  readonly recoveredAt: (service: string) => Instant | null;
}

/**
 * How old what is written may be, of an alert whose numbers alone have changed, in milliseconds. A service
 * that sends each second while an alert fires would else be written each second.
 */
export const KEEP_INTERVAL_MS = 5_000;

/** Decides when a service is written. */
export class ServiceKeeper {
  readonly #options: ServiceKeeperOptions;
  /** By service: when it was written, in monotonic milliseconds. */
  readonly #writtenAtMs = new Map<string, number>();
  readonly #dirty = new Set<string>();

  /** Begins with nothing written. */
  constructor(options: ServiceKeeperOptions) {
    this.#options = options;
  }

  /** Takes that a service has changed. */
  note(service: string, { transitions, alerts }: ServiceEffect): void {
    const writtenAtMs = this.#writtenAtMs.get(service);
    if (writtenAtMs === undefined || transitions.length > 0) return this.#write(service);
    if (alerts.length === 0) return;
    const ageMs = this.#options.clock.monotonicMs() - writtenAtMs;
    if (ageMs >= KEEP_INTERVAL_MS) this.#write(service);
    else this.#dirty.add(service);
  }

  /** Writes a service as it is now, of which something changed that no effect tells of. */
  keep(service: string): void {
    this.#write(service);
  }

  /** Takes that a service is gone. */
  forget(service: string): void {
    this.#writtenAtMs.delete(service);
    this.#dirty.delete(service);
    this.#options.ledger.put({ kind: "service", key: service, body: null });
  }

  /** Writes all that is not written yet. */
  flush(): void {
    for (const service of [...this.#dirty]) this.#write(service);
  }

  #write(service: string): void {
    const { clock, ledger, find, isListed, arrivalOf, recoveredAt } = this.#options;
    const watched = find(service);
    if (watched === undefined) return;
    const facts = { listed: isListed(service), recoveredAt: recoveredAt(service) };
    const arrival = arrivalOf(service);
    const body = formatStoredService({
      ...watched.stored(facts),
      ...(arrival === "otlp" ? { arrival } : {}),
    });
    ledger.put({ kind: "service", key: service, body });
    this.#writtenAtMs.set(service, clock.monotonicMs());
    this.#dirty.delete(service);
  }
}
