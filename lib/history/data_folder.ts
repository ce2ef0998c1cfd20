/**
 * The folder that a history lives in, held by one process at a time.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

import { HistoryError } from "@/lib/ports/history.ts";

import { explaining } from "./fault.ts";

/** Name of the database in its folder. */
export const DATABASE_NAME = "vitals.db";

/** Name of the file that is locked as long as a process has the database open. */
const LOCK_NAME = "vitals.lock";

/** A folder that nobody else has. */
export interface DataFolder {
  /** Path of the database. */
  readonly databasePath: string;
  /**
   * Makes sure that what is written can be found again. SQLite goes on writing to a file that was deleted, where
   * nobody will ever read it.
   *
   * @throws {HistoryError} `broken` if the database is gone from its place, or another stands there.
   */
  checkPlace(): void;
  /** Lets others have it. */
  release(): void;
}

/**
 * Takes a folder, which is created if there is none. The lock is one of the operating system's on a file of
 * its own, so it ends with the process, however that ends, and the database itself stays open to those who
 * only read it, such as a backup.
 *
 * @throws {HistoryError} `locked` if somebody has it, `readonly` if it cannot be written, `corrupt` if the
 * database was cut off.
 */
export function takeFolder(folder: string): DataFolder {
  return explaining(`open the history in ${folder}`, () => {
    Deno.mkdirSync(folder, { recursive: true });
    const release = lock(`${folder}/${LOCK_NAME}`);
    const databasePath = `${folder}/${DATABASE_NAME}`;
    try {
      refuseEmptied(databasePath);
      return { databasePath, release, checkPlace: placeCheck(databasePath) };
    } catch (error) {
      release();
      throw error;
    }
  });
}

function lock(path: string): () => void {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE");
  } catch (error) {
    database.close();
    throw error;
  }
  return () => database.close();
}

/** The first look, by whoever has just opened the database, says which file it is. */
function placeCheck(path: string): () => void {
  let first: number | null = null;
  return () => {
    const now = fileNumberOf(path);
    first ??= now;
    if (now !== null && now === first) return;
    const what = now === null ? "was deleted" : "was replaced by another file";
    const message = `Cannot write to the history: ${path} ${what} under Vitals; restart it, ` +
      "after putting back what is to be kept";
    throw new HistoryError("broken", message);
  };
}

/** Returns the number by which the file system knows a file, 0 where it has none; `null` if there is no file. */
function fileNumberOf(path: string): number | null {
  try {
    return Deno.statSync(path).ino ?? 0;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** SQLite takes an empty file for a new one, and throws away the log that belongs to it. */
function refuseEmptied(path: string): void {
  if ((sizeOf(`${path}-wal`) ?? 0) === 0) return;
  if ((sizeOf(path) ?? 0) === 0) {
    const message = `Cannot open the history: ${path} is empty and was not; restore a backup`;
    throw new HistoryError("corrupt", message);
  }
  // A backup is in no need of a log (see tools/backup.ts); SQLite would work that of another into it.
  if (writesLog(path)) return;
  const message =
    `Cannot open the history: ${path} is a backup beside the log of another; remove ${path}-wal and ${path}-shm`;
  throw new HistoryError("corrupt", message);
}

/** The 19th byte of a database in WAL mode is 2, of others 1. */
function writesLog(path: string): boolean {
  using file = Deno.openSync(path);
  const head = new Uint8Array(20);
  return file.readSync(head) === 20 && head[18] === 2;
}

function sizeOf(path: string): number | null {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
