/**
 * Documents: state as it is now, by kind and key.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

import {
  type Document,
  type DocumentChange,
  type DocumentKind,
  HistoryError,
} from "@/lib/ports/history.ts";

import { type Row, textIn } from "./row.ts";

const KINDS: readonly DocumentKind[] = [
  ...["service", "silence", "incident", "notification", "audit"] as const,
];

/** The one module that reads and writes the table `documents`. */
export class DocumentTable {
  readonly #all: StatementSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;

  /** Prepares its statements. */
  constructor(database: DatabaseSync) {
    this.#all = database.prepare("SELECT kind, key, body FROM documents");
    this.#put = database.prepare(`
      INSERT INTO documents (kind, key, body) VALUES (?, ?, ?)
      ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body`);
    this.#delete = database.prepare("DELETE FROM documents WHERE kind = ? AND key = ?");
  }

  /** Returns all documents. */
  list(): readonly Document[] {
    return this.#all.all().map(parseDocument);
  }

  /** Writes a document as it is to be. */
  put({ kind, key, body }: DocumentChange): void {
    if (body === null) this.#delete.run(kind, key);
    else this.#put.run(kind, key, body);
  }
}

function parseDocument(row: Row): Document {
  const name = textIn(row, "kind");
  const kind = KINDS.find((each) => each === name);
  if (kind === undefined) {
    const message =
      `Cannot read the history: documents of kind "${name}" are not known; restore a backup`;
    throw new HistoryError("corrupt", message);
  }
  return { kind, key: textIn(row, "key"), body: textIn(row, "body") };
}
