/**
 * The history in a folder.
 *
 * @module
 */

import type { Retention } from "@/lib/domain/retention.ts";

import { takeFolder } from "./data_folder.ts";
import { openDatabase } from "./database.ts";
import { SqliteStore } from "./sqlite_store.ts";
import type { OpenStore } from "./wrap_store.ts";

/**
 * Opens the history in a folder, or begins one where there is none.
 *
 * @throws {HistoryError} If it cannot; what is there stays as it is.
 */
export function openFolder(folder: string, retention: Retention): OpenStore {
  const { databasePath, release } = takeFolder(folder);
  try {
    const database = openDatabase(databasePath);
    try {
      const store = new SqliteStore(database, { retention });
      return { store, close: () => closeAll([() => database.close(), release]) };
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    release();
    throw error;
  }
}

/** Closes each, even if one of them throws. */
function closeAll([first, ...others]: readonly (() => void)[]): void {
  if (first === undefined) return;
  try {
    first();
  } finally {
    closeAll(others);
  }
}
