/**
 * Writing down open incidents, with what each receiver knows of them.
 *
 * @module
 */

import type { Ledger } from "@/lib/ports/ledger.ts";
import type { StoredIncident, StoredMemory } from "@/lib/protocol/stored_notification.ts";

import type { Channel } from "./channel.ts";
import { type Incident, storedIncident } from "./incident.ts";

/** Writes an incident whenever it is another than the one that was written. */
export class IncidentKeeper {
  readonly #ledger: Ledger;
  /** By service: what was written. */
  readonly #written = new Map<string, string>();

  /** Begins with nothing written. */
  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Takes an incident as it is now. `aheadMs` is how far the wall clock is ahead of the steady one. */
  note(incident: Incident, { channels, aheadMs }: {
    readonly channels: readonly Channel[];
    readonly aheadMs: number;
  }): void {
    const { service } = incident;
    const memories = channels.flatMap((channel): [string, StoredMemory][] => {
      const memory = channel.remembered(service, aheadMs);
      return memory === undefined ? [] : [[channel.name, memory]];
    });
    const stored: StoredIncident = {
      ...storedIncident(incident, aheadMs),
      memories: Object.fromEntries(memories),
    };
    const body = JSON.stringify(stored);
    if (this.#written.get(service) === body) return;
    this.#written.set(service, body);
    this.#ledger.put({ kind: "incident", key: service, body });
  }

  /** Takes that the incident of a service is over. */
  forget(service: string): void {
    this.#written.delete(service);
    this.#ledger.put({ kind: "incident", key: service, body: null });
  }
}
