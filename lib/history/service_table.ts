/**
 * Services by number, and how far each of them is sealed, rolled up and forgotten.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

import type { Instant } from "@/lib/domain/instant.ts";
import type { BucketTier, Tier } from "@/lib/domain/tier.ts";

import { numberIn, numberOrNullIn, type Row, textIn } from "./row.ts";

/** A service as the history knows it. */
export interface ServiceRecord {
  /** Its number. */
  readonly id: number;
  /** Its name. */
  readonly name: string;
  /** Its samples of journal rows up to this one are in chunks. */
  readonly sealedSeq: number;
  /** The instant of its newest sample in a chunk; `null` before the first. */
  readonly newestAt: Instant | null;
  /** Buckets that begin before this are made; what comes late for them is worked in. */
  readonly rolled: Readonly<Record<BucketTier, Instant>>;
  /** What is before this may have been forgotten. */
  readonly floors: Readonly<Record<Tier, Instant>>;
}

/** The one module that reads and writes the table `services`. */
export class ServiceTable {
  readonly #all: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #delete: StatementSync;
  readonly #byName = new Map<string, ServiceRecord>();
  readonly #byId = new Map<number, ServiceRecord>();

  /** Reads nothing yet. */
  constructor(database: DatabaseSync) {
    this.#all = database.prepare("SELECT * FROM services");
    this.#insert = database.prepare("INSERT INTO services (name) VALUES (?) RETURNING *");
    this.#update = database.prepare(`
      UPDATE services SET sealed_seq = ?, newest_at = ?,
        rolled_ten_seconds = ?, rolled_minute = ?, rolled_hour = ?,
        floor_raw = ?, floor_ten_seconds = ?, floor_minute = ?, floor_hour = ?
      WHERE id = ?`);
    this.#delete = database.prepare("DELETE FROM services WHERE id = ?");
  }

  /** Reads all; the others look at what was read, and at what was remembered since. */
  load(): void {
    for (const row of this.#all.all()) this.remember(parseService(row));
  }

  /** Returns all services. */
  list(): readonly ServiceRecord[] {
    return [...this.#byId.values()];
  }

  /** How many there are. */
  get size(): number {
    return this.#byId.size;
  }

  /** Returns the service of that name. */
  named(name: string): ServiceRecord | undefined {
    return this.#byName.get(name);
  }

  /** Returns the service of that number. */
  numbered(id: number): ServiceRecord | undefined {
    return this.#byId.get(id);
  }

  /** Writes a new service and returns it. It is to be remembered once that is committed. */
  insert(name: string): ServiceRecord {
    return parseService(this.#insert.get(name) ?? {});
  }

  /** Writes a service as it is now. It is to be remembered once that is committed. */
  update({ id, sealedSeq, newestAt, rolled, floors }: ServiceRecord): void {
    this.#update.run(
      ...[sealedSeq, newestAt, rolled.tenSeconds, rolled.minute, rolled.hour],
      ...[floors.raw, floors.tenSeconds, floors.minute, floors.hour, id],
    );
  }

  /** Deletes a service. It is to be forgotten once that is committed. */
  delete({ id }: ServiceRecord): void {
    this.#delete.run(id);
  }

  /** Takes what was committed. */
  remember(record: ServiceRecord): void {
    this.#byName.set(record.name, record);
    this.#byId.set(record.id, record);
  }

  /** Takes that a service is gone. */
  forget({ id, name }: ServiceRecord): void {
    this.#byName.delete(name);
    this.#byId.delete(id);
  }
}

function parseService(row: Row): ServiceRecord {
  return {
    id: numberIn(row, "id"),
    name: textIn(row, "name"),
    sealedSeq: numberIn(row, "sealed_seq"),
    newestAt: numberOrNullIn(row, "newest_at"),
    rolled: {
      tenSeconds: numberIn(row, "rolled_ten_seconds"),
      minute: numberIn(row, "rolled_minute"),
      hour: numberIn(row, "rolled_hour"),
    },
    floors: {
      raw: numberIn(row, "floor_raw"),
      tenSeconds: numberIn(row, "floor_ten_seconds"),
      minute: numberIn(row, "floor_minute"),
      hour: numberIn(row, "floor_hour"),
    },
  };
}
