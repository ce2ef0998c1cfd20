/**
 * Which batch was written last: its writer may never have heard that it was.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

import { textIn } from "./row.ts";

/** The one module that reads and writes the table `latest_batch`. */
export class BatchTable {
  readonly #get: StatementSync;
  readonly #put: StatementSync;

  /** Prepares its statements. */
  constructor(database: DatabaseSync) {
    this.#get = database.prepare("SELECT id FROM latest_batch");
    this.#put = database.prepare(
      "INSERT INTO latest_batch (one, id) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET id = excluded.id",
    );
  }

  /** Whether this is the batch that was written last. */
  isLatest(id: string): boolean {
    const row = this.#get.get();
    return row !== undefined && textIn(row, "id") === id;
  }

  /** Notes that a batch is written. */
  note(id: string): void {
    this.#put.run(id);
  }
}
