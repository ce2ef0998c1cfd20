/**
 * The SQLite database of a history: opened, checked and brought up to date.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

import { HistoryError } from "@/lib/ports/history.ts";

import { explaining } from "./fault.ts";
import { migrate } from "./migrations.ts";
import { textIn } from "./row.ts";

/** Stands for a database that is in memory only. */
export const IN_MEMORY = ":memory:";

/** How long a reader of another process may keep us waiting, in milliseconds. */
const BUSY_MS = 1_000;

/**
 * Returns the database of that path; where there is none it is created. Commits survive the death of this
 * process; a loss of power may take the latest of them, and nothing else (WAL, `synchronous=NORMAL`).
 *
 * @throws {HistoryError} If it cannot be read, is damaged, none of Vitals, or of a newer one. It never begins
 * anew on a file that is there.
 */
export function openDatabase(path: string): DatabaseSync {
  const database = explaining("open the history", () => new DatabaseSync(path));
  try {
    return explaining("open the history", () => {
      prepare(database);
      return database;
    });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Runs `act` in a transaction: all that it writes is kept, or nothing if it throws. */
export function inTransaction<Result>(database: DatabaseSync, act: () => Result): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = act();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function prepare(database: DatabaseSync): void {
  database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  check(database);
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY",
  );
  migrate(database);
}

function check(database: DatabaseSync): void {
  const found = database.prepare("PRAGMA quick_check(1)").get() ?? {};
  const verdict = textIn(found, "quick_check");
  if (verdict === "ok") return;
  const message = `Cannot open the history: the file is damaged (${verdict}); restore a backup`;
  throw new HistoryError("corrupt", message);
}

/** SQLite rolls back by itself after some errors, and then there is nothing left to roll back. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch (error) {
    const isDone = error instanceof Error && /no transaction is active/.test(error.message);
    if (!isDone) throw error;
  }
}
