/**
 * The tables of the history, and how those of an older Vitals become those of today. Numbered, forward only:
 * an entry that was released is never changed, a new one is added behind it.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

import { HistoryError } from "@/lib/ports/history.ts";

import { numberIn } from "./row.ts";

/** Marks a file as one of Vitals: "Vitl" in ASCII. */
export const APPLICATION_ID = 0x5669746c;

/** Instants of `rolled_…` end what is rolled up, those of `floor_…` end what may be forgotten. */
const TABLES = `
  CREATE TABLE services (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sealed_seq INTEGER NOT NULL DEFAULT 0,
    newest_at INTEGER,
    rolled_ten_seconds INTEGER NOT NULL DEFAULT 0,
    rolled_minute INTEGER NOT NULL DEFAULT 0,
    rolled_hour INTEGER NOT NULL DEFAULT 0,
    floor_raw INTEGER NOT NULL DEFAULT 0,
    floor_ten_seconds INTEGER NOT NULL DEFAULT 0,
    floor_minute INTEGER NOT NULL DEFAULT 0,
    floor_hour INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE head (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;

  CREATE TABLE chunks (
    id INTEGER PRIMARY KEY,
    service INTEGER NOT NULL,
    tier INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    value_count INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX chunks_by_time ON chunks (service, tier, to_at, from_at);
  CREATE INDEX chunks_by_age ON chunks (tier, to_at, value_count);

  CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    service INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    alert TEXT,
    change TEXT,
    fired_at INTEGER,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_by_service ON events (service, at, id);
  CREATE INDEX events_by_age ON events (at);
  CREATE INDEX events_of_alert ON events (alert, id, change) WHERE alert IS NOT NULL;
  CREATE INDEX events_of_status ON events (service, at, id) WHERE kind = 'status';
  CREATE INDEX events_resolved ON events (service, at) WHERE change = 'resolved';

  CREATE TABLE documents (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT;

  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    alive_at INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE latest_batch (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL
  ) STRICT;
`;

/** What leads from each version to the next; the first begins from nothing. */
export const MIGRATIONS: readonly string[] = [TABLES];

/**
 * Brings a database to the tables of today, each step whole or not at all.
 *
 * @throws {HistoryError} `newer` if it has tables of a later Vitals, `corrupt` if it is none of Vitals.
 */
export function migrate(
  database: DatabaseSync,
  migrations: readonly string[] = MIGRATIONS,
): void {
  const version = checkVersion(database, migrations.length);
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    database.exec("BEGIN IMMEDIATE");
    try {
      database.exec(step);
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      database.exec(`PRAGMA user_version = ${index + 1}`);
      database.exec("COMMIT");
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  }
}

function checkVersion(database: DatabaseSync, latest: number): number {
  const version = readPragma(database, "user_version");
  const application = readPragma(database, "application_id");
  const tables = database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get() ?? {};
  const isNew = version === 0 && application === 0 && numberIn(tables, "tables") === 0;
  if (!isNew && application !== APPLICATION_ID) {
    const message =
      "Cannot open the history: the file is none of Vitals; move it away, or set VITALS_DATA to another folder";
    throw new HistoryError("corrupt", message);
  }
  if (version > latest) {
    const message =
      `Cannot open the history: version ${version} was written by a newer Vitals than this one, which knows ${latest}; use that one`;
    throw new HistoryError("newer", message);
  }
  return version;
}

function readPragma(database: DatabaseSync, name: string): number {
  return numberIn(database.prepare(`PRAGMA ${name}`).get() ?? {}, name);
}
