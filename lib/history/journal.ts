/**
 * The journal: samples as they came, batch by batch, until they are sealed into chunks. What is in the table
 * is in memory as well, so that questions see it.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

import type { Instant } from "@/lib/domain/instant.ts";
import { NO_SAMPLES, type SampleBlock, sampleBlock } from "@/lib/domain/sample_block.ts";

import { decodeJournalRow, encodeJournalRow, type NumberedSample } from "./codec/journal_row.ts";
import { bytesIn, numberIn } from "./row.ts";

/** A sample in the journal. */
interface Entry {
  /** The row it is in. */
  readonly seq: number;
  readonly sample: NumberedSample;
}

/** What the journal has of one service. */
interface Pending {
  /** In the order of arrival. */
  readonly entries: Entry[];
  /** The same samples as a block, once somebody has asked. */
  block: SampleBlock | null;
}

/** What is known of a row. */
interface RowState {
  readonly at: Instant;
  /** How many of its samples are not sealed. */
  readonly left: number;
}

/** Samples of one service that are to be sealed: the oldest ones, in whole rows. */
export interface Sealable {
  /** Number of the service. */
  readonly service: number;
  /** The samples. */
  readonly block: SampleBlock;
  /** How many entries they are. */
  readonly count: number;
  /** The last row that they are from. */
  readonly lastSeq: number;
}

/** A row that is written and not yet committed. */
export interface JournalRow {
  /** Its number; a later one has a greater. */
  readonly seq: number;
  /** When it was written. */
  readonly at: Instant;
  /** What it holds. */
  readonly samples: readonly NumberedSample[];
}

/** The one module that reads and writes the table `head`. */
export class Journal {
  readonly #all: StatementSync;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #pending = new Map<number, Pending>();
  readonly #rows = new Map<number, RowState>();
  #valueCount = 0;
  #nextSeq = 1;

  /** Prepares its statements. */
  constructor(database: DatabaseSync) {
    this.#all = database.prepare("SELECT seq, at, body FROM head ORDER BY seq");
    this.#insert = database.prepare("INSERT INTO head (seq, at, body) VALUES (?, ?, ?)");
    this.#delete = database.prepare("DELETE FROM head WHERE seq = ?");
  }

  /** Reads what was not sealed; `sealedSeqOf` tells up to which row that was done. */
  load(sealedSeqOf: (service: number) => number, lastSeq: number): void {
    this.#nextSeq = lastSeq + 1;
    for (const row of this.#all.all()) {
      const [seq, at] = [numberIn(row, "seq"), numberIn(row, "at")];
      const samples = decodeJournalRow(bytesIn(row, "body"))
        .filter(({ service }) => sealedSeqOf(service) < seq);
      this.admit({ seq, at, samples });
      this.#nextSeq = Math.max(this.#nextSeq, seq + 1);
    }
  }

  /** Writes samples. They are to be admitted once that is committed. */
  write(samples: readonly NumberedSample[], at: Instant): JournalRow {
    const row = { seq: this.#nextSeq++, at, samples };
    this.#insert.run(row.seq, at, encodeJournalRow(samples));
    return row;
  }

  /** Takes what was committed. */
  admit({ seq, at, samples }: JournalRow): void {
    this.#rows.set(seq, { at, left: samples.length });
    this.#valueCount += countValues(samples);
    for (const sample of samples) {
      const pending = this.#pending.get(sample.service) ?? { entries: [], block: null };
      this.#pending.set(sample.service, pending);
      pending.entries.push({ seq, sample });
      pending.block = null;
    }
  }

  /** Returns all samples of a service that are not sealed. */
  blockOf(service: number): SampleBlock {
    const pending = this.#pending.get(service);
    if (pending === undefined) return NO_SAMPLES;
    pending.block ??= sampleBlock(pending.entries.map(({ sample }) => sample));
    return pending.block;
  }

  /** Returns how many samples of a service are not sealed, and since when the oldest waits. */
  waiting(service: number): { readonly count: number; readonly since: Instant } | null {
    const { entries } = this.#pending.get(service) ?? { entries: [] };
    const since = this.#rows.get(entries[0]?.seq ?? 0)?.at;
    return since === undefined ? null : { count: entries.length, since };
  }

  /** Returns the oldest samples of a service: all that came in the same rows, and not many more than `most`. */
  sealable(service: number, most: number): Sealable {
    const entries = this.#pending.get(service)?.entries ?? [];
    const lastSeq = (entries[most - 1] ?? entries.at(-1))?.seq ?? 0;
    const end = entries.findIndex(({ seq }) => seq > lastSeq);
    const count = end < 0 ? entries.length : end;
    const block = count === entries.length
      ? this.blockOf(service)
      : sampleBlock(entries.slice(0, count).map(({ sample }) => sample));
    return { service, block, count, lastSeq };
  }

  /** Deletes the rows of which nothing is left once those samples are sealed. */
  deleteFinished(sealable: Sealable): void {
    for (const [seq, count] of this.#countByRow(sealable)) {
      if (this.#rows.get(seq)?.left === count) this.#delete.run(seq);
    }
  }

  /** Drops samples whose sealing was committed. */
  drop(sealable: Sealable): void {
    for (const [seq, count] of this.#countByRow(sealable)) {
      const { at, left } = this.#rows.get(seq) ?? { at: 0, left: count };
      if (left > count) this.#rows.set(seq, { at, left: left - count });
      else this.#rows.delete(seq);
    }
    const pending = this.#pending.get(sealable.service);
    if (pending === undefined) return;
    const sealed = pending.entries.splice(0, sealable.count);
    this.#valueCount -= countValues(sealed.map(({ sample }) => sample));
    pending.block = null;
    if (pending.entries.length === 0) this.#pending.delete(sealable.service);
  }

  /** How many values are not sealed; those that came twice count twice. */
  get valueCount(): number {
    return this.#valueCount;
  }

  #countByRow({ service, count }: Sealable): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    for (const { seq } of (this.#pending.get(service)?.entries ?? []).slice(0, count)) {
      counts.set(seq, (counts.get(seq) ?? 0) + 1);
    }
    return counts;
  }
}

function countValues(samples: readonly NumberedSample[]): number {
  return samples.reduce((count, { metrics }) => count + Object.keys(metrics).length, 0);
}
