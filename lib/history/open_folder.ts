/**
 * The history in a folder.
 *
 * @module
 */

import type { Retention } from "@/lib/domain/retention.ts";

import { HistoryError } from "@/lib/ports/history.ts";

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
  const { databasePath, release, checkPlace } = takeFolder(folder);
  try {
    const database = openDatabase(databasePath);
    try {
      checkPlace();
      const store = new SqliteStore(database, { retention });
      return { store, checkPlace, close: () => closeAll([() => database.close(), release]) };
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    release();
    throw sayWhere(error, folder);
  }
}

/** What finds a fault does not know where the database is, and people have to. */
function sayWhere(error: unknown, folder: string): unknown {
  if (!(error instanceof HistoryError)) return error;
  const message = error.message.replace(
    /^Cannot open the history:/,
    (words) => `${words.slice(0, -1)} in ${folder}:`,
  );
  return new HistoryError(error.fault, message, { cause: error });
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
