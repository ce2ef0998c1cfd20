/**
 * The history in memory: all is gone with the process.
 *
 * @module
 */

import type { Retention } from "@/lib/domain/retention.ts";
import type { History } from "@/lib/ports/history.ts";

import { IN_MEMORY, openDatabase } from "./database.ts";
import { SqliteStore } from "./sqlite_store.ts";
import { wrapStore } from "./wrap_store.ts";

/** Options of {@linkcode createMemoryHistory}. */
export interface MemoryHistoryOptions {
  /** How long what is kept. */
  readonly retention: Retention;
  /**
   * At most so many bytes of sealed samples and buckets are kept: half of them raw samples, a quarter buckets of
   * ten seconds. Of each tier the oldest go first. @default {67_108_864}
   */
  readonly maxBytes?: number;
}

/** 64 MiB. */
const MAX_BYTES = 64 * 1_024 * 1_024;

/**
 * Returns a history that lives as long as the object. It may be opened again after it was closed, and has all
 * that it had: to what uses it, this is a restart.
 */
export function createMemoryHistory(options: MemoryHistoryOptions): History {
  const { retention, maxBytes = MAX_BYTES } = options;
  const database = openDatabase(IN_MEMORY);
  return wrapStore({
    open: () => ({
      store: new SqliteStore(database, { retention, maxBytes }),
      close() {},
    }),
  });
}
