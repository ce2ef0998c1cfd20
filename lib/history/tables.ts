/**
 * All that a database holds, each part by the module that owns it.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

import { BatchTable } from "./batch_table.ts";
import { ChunkStore } from "./chunk_store.ts";
import { ChunkTable } from "./chunk_table.ts";
import { DocumentTable } from "./document_table.ts";
import { EventTable } from "./event_table.ts";
import { Journal } from "./journal.ts";
import { RunTable } from "./run_table.ts";
import { SeriesArchive } from "./series_archive.ts";
import { ServiceTable } from "./service_table.ts";

/** The parts of a history. */
export interface Tables {
  /** Services. */
  readonly services: ServiceTable;
  /** Samples that are not sealed. */
  readonly journal: Journal;
  /** Pieces of samples and buckets. */
  readonly chunks: ChunkTable;
  /** What is in them. */
  readonly blocks: ChunkStore;
  /** Samples and buckets in all their forms. */
  readonly archive: SeriesArchive;
  /** What was decided. */
  readonly events: EventTable;
  /** State as it is now. */
  readonly documents: DocumentTable;
  /** Runs of the monitor. */
  readonly runs: RunTable;
  /** The batch that was written last. */
  readonly batches: BatchTable;
}

/** Returns the parts of a database whose tables are up to date. */
export function openTables(database: DatabaseSync): Tables {
  const chunks = new ChunkTable(database);
  const blocks = new ChunkStore(chunks);
  const [services, journal] = [new ServiceTable(database), new Journal(database)];
  services.load();
  const lastSeq = Math.max(0, ...services.list().map(({ sealedSeq }) => sealedSeq));
  journal.load((id) => services.numbered(id)?.sealedSeq ?? 0, lastSeq);
  return {
    ...{ services, journal, chunks, blocks, archive: new SeriesArchive(blocks) },
    ...{ events: new EventTable(database), documents: new DocumentTable(database) },
    ...{ runs: new RunTable(database), batches: new BatchTable(database) },
  };
}
