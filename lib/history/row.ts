/**
 * Reads rows of the database, which are outside input: what is not as it was written is damage.
 *
 * @module
 */

import { HistoryError } from "@/lib/ports/history.ts";

/** A row as SQLite returns it. */
export type Row = Readonly<Record<string, unknown>>;

/** Returns a number of a row. */
export function numberIn(row: Row, name: string): number {
  const value = row[name];
  return typeof value === "number" ? value : unexpected(name, "a number");
}

/** Returns a number of a row; `null` where there is none. */
export function numberOrNullIn(row: Row | undefined, name: string): number | null {
  return row === undefined || row[name] === null ? null : numberIn(row, name);
}

/** Returns a text of a row. */
export function textIn(row: Row, name: string): string {
  const value = row[name];
  return typeof value === "string" ? value : unexpected(name, "a text");
}

/** Returns bytes of a row. */
export function bytesIn(row: Row, name: string): Uint8Array {
  const value = row[name];
  return value instanceof Uint8Array ? value : unexpected(name, "bytes");
}

function unexpected(name: string, right: string): never {
  const message = `Cannot read the history: ${name} is not ${right}; restore a backup`;
  throw new HistoryError("corrupt", message);
}
