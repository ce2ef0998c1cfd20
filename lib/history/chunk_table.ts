/**
 * Chunks: samples and buckets in compressed pieces, each of one service and one tier.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

import type { Instant } from "@/lib/domain/instant.ts";
import { type Tier, TIERS } from "@/lib/domain/tier.ts";

import { bytesIn, numberIn, type Row } from "./row.ts";

/** Which chunks are meant. */
export interface ChunkOwner {
  /** Number of the service. */
  readonly service: number;
  /** The tier. */
  readonly tier: Tier;
}

/** What a chunk holds. */
export interface ChunkFacts {
  /** The first instant, or beginning of a bucket, in it. */
  readonly fromAt: Instant;
  /** The last one, included. */
  readonly toAt: Instant;
  /** How many rows it has. */
  readonly rowCount: number;
  /** How many values it has, each metric counted. */
  readonly valueCount: number;
}

/** A chunk that is kept. */
export interface Chunk extends ChunkFacts {
  /** A newer chunk has a greater number; none is used twice while a store is open. */
  readonly id: number;
  /** The samples or buckets, encoded. */
  readonly body: Uint8Array;
}

const COLUMNS = "id, from_at, to_at, row_count, value_count, body";

/** The one module that reads and writes the table `chunks`. */
export class ChunkTable {
  readonly #meeting: StatementSync;
  readonly #newest: StatementSync;
  readonly #lastBefore: StatementSync;
  readonly #backwards: StatementSync;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #oldest: StatementSync;
  readonly #deleteOld: StatementSync;
  readonly #any: StatementSync;
  readonly #values: StatementSync;
  readonly #bytes: StatementSync;
  #nextId: number;

  /** Prepares its statements. */
  constructor(database: DatabaseSync) {
    const select = `SELECT ${COLUMNS} FROM chunks WHERE service = ? AND tier = ?`;
    this.#meeting = database.prepare(`${select} AND to_at >= ? AND from_at < ? ORDER BY id`);
    this.#newest = database.prepare(`
      SELECT ${COLUMNS} FROM chunks
      WHERE id = (SELECT max(id) FROM chunks WHERE service = ? AND tier = ?)`);
    this.#lastBefore = database.prepare(`${select} AND to_at < ? ORDER BY to_at DESC LIMIT 1`);
    this.#backwards = database.prepare(`${select} ORDER BY to_at DESC LIMIT ?`);
    this.#insert = database.prepare(`
      INSERT INTO chunks (id, service, tier, from_at, to_at, row_count, value_count, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#delete = database.prepare("DELETE FROM chunks WHERE id = ?");
    this.#oldest = database.prepare(
      "SELECT max(to_at) AS to_at FROM chunks WHERE service = ? AND tier = ? AND to_at < ?",
    );
    this.#deleteOld = database.prepare(
      "DELETE FROM chunks WHERE service = ? AND tier = ? AND to_at < ?",
    );
    this.#any = database.prepare("SELECT 1 AS found FROM chunks WHERE service = ? LIMIT 1");
    this.#values = database.prepare(
      "SELECT coalesce(sum(value_count), 0) AS value_count FROM chunks WHERE tier = 0",
    );
    this.#bytes = database.prepare(`
      SELECT id, service, to_at, length(body) AS bytes FROM chunks WHERE tier = ?
      ORDER BY to_at DESC`);
    const { id } = database.prepare("SELECT coalesce(max(id), 0) AS id FROM chunks").get() ?? {};
    this.#nextId = Number(id) + 1;
  }

  /** Returns the chunks that have something from `from` on and before `to`, in the order of their making. */
  meeting({ service, tier }: ChunkOwner, from: Instant, to: Instant): readonly Chunk[] {
    return this.#meeting.all(service, codeOf(tier), from, to).map(parseChunk);
  }

  /** Returns the chunk that was made last. */
  newest({ service, tier }: ChunkOwner): Chunk | undefined {
    return this.#newest.all(service, codeOf(tier)).map(parseChunk)[0];
  }

  /** Returns the last of the chunks that end before an instant. */
  lastBefore({ service, tier }: ChunkOwner, at: Instant): Chunk | undefined {
    return this.#lastBefore.all(service, codeOf(tier), at).map(parseChunk)[0];
  }

  /** Returns the chunks that end last, the last one first. */
  backwards({ service, tier }: ChunkOwner, most: number): readonly Chunk[] {
    return this.#backwards.all(service, codeOf(tier), most).map(parseChunk);
  }

  /** Writes a chunk. */
  insert({ service, tier }: ChunkOwner, { body, ...facts }: Omit<Chunk, "id">): void {
    const { fromAt, toAt, rowCount, valueCount } = facts;
    const id = this.#nextId++;
    this.#insert.run(id, service, codeOf(tier), fromAt, toAt, rowCount, valueCount, body);
  }

  /** Deletes a chunk. */
  delete({ id }: Pick<Chunk, "id">): void {
    this.#delete.run(id);
  }

  /** Deletes the chunks that end before an instant, and returns the end of the last of them; `null` for none. */
  deleteBefore({ service, tier }: ChunkOwner, before: Instant): Instant | null {
    const { to_at: toAt } = this.#oldest.get(service, codeOf(tier), before) ?? {};
    if (typeof toAt !== "number") return null;
    this.#deleteOld.run(service, codeOf(tier), before);
    return toAt;
  }

  /** Tells whether a service has any chunk. */
  hasAny(service: number): boolean {
    return this.#any.get(service) !== undefined;
  }

  /** Returns how many values are kept as they came. */
  countRawValues(): number {
    return numberIn(this.#values.get() ?? {}, "value_count");
  }

  /** Returns the chunks of a tier that are too many, beyond so many bytes of the newest. */
  beyond(
    tier: Tier,
    maxBytes: number,
  ): readonly { readonly service: number; readonly toAt: Instant }[] {
    let bytes = 0;
    const beyond: { readonly service: number; readonly toAt: Instant }[] = [];
    for (const row of this.#bytes.all(codeOf(tier))) {
      bytes += numberIn(row, "bytes");
      if (bytes > maxBytes) {
        beyond.push({ service: numberIn(row, "service"), toAt: numberIn(row, "to_at") });
      }
    }
    return beyond;
  }
}

function codeOf(tier: Tier): number {
  return TIERS.indexOf(tier);
}

function parseChunk(row: Row): Chunk {
  return {
    id: numberIn(row, "id"),
    fromAt: numberIn(row, "from_at"),
    toAt: numberIn(row, "to_at"),
    rowCount: numberIn(row, "row_count"),
    valueCount: numberIn(row, "value_count"),
    body: bytesIn(row, "body"),
  };
}
