/**
 * The history in a SQLite database, as plain calls that return when they are done. The adapters of the port
 * call it: in a worker for a file, directly for memory.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

import { bucketStart, coarsen } from "@/lib/domain/bucket_block.ts";
import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import type { Retention } from "@/lib/domain/retention.ts";
import { planBuckets } from "@/lib/domain/tier.ts";
import type {
  EventsQuery,
  HistoryBatch,
  HistoryUsage,
  Restored,
  SamplesQuery,
  StatusChange,
} from "@/lib/ports/history.ts";
import type {
  AlertSpanView,
  EventView,
  GapView,
  HistoryView,
} from "@/lib/protocol/history_views.ts";

import { Caretaker } from "./caretaker.ts";
import { inTransaction } from "./database.ts";
import { findEvents } from "./event_search.ts";
import { explaining } from "./fault.ts";
import { recentSamples } from "./recent_samples.ts";
import { numberIn } from "./row.ts";
import type { Subject } from "./series_archive.ts";
import { viewBuckets, viewSamples } from "./series_view.ts";
import type { ServiceRecord } from "./service_table.ts";
import { openTables, type Tables } from "./tables.ts";

/** Options of {@linkcode SqliteStore}. */
export interface SqliteStoreOptions {
  /** How long what is kept. */
  readonly retention: Retention;
  /** At most so many bytes of sealed samples and buckets are kept, of each tier the oldest go first. @default {Infinity} */
  readonly maxBytes?: number;
}

/** Does what the port `History` says, at once. Every method throws a `HistoryError`, and nothing else. */
export class SqliteStore {
  readonly #database: DatabaseSync;
  readonly #tables: Tables;
  readonly #caretaker: Caretaker;

  /** Works on a database from `openDatabase`, which it does not close. */
  constructor(database: DatabaseSync, { retention, maxBytes }: SqliteStoreOptions) {
    this.#database = database;
    this.#tables = explaining("open the history", () => openTables(database));
    const limit = maxBytes === undefined ? {} : { maxBytes };
    this.#caretaker = new Caretaker({ database, tables: this.#tables, retention, ...limit });
  }

  /** Begins a run of the monitor and returns what there is. */
  open(now: Instant): Restored {
    return explaining("open the history", () => {
      const { services, blocks, documents, events, runs } = this.#tables;
      const aliveAt = inTransaction(this.#database, () => runs.begin(now));
      this.#caretaker.begin(now);
      return {
        aliveAt,
        documents: documents.list(),
        recent: services.list()
          .flatMap((record) => recentSamples(this.#subject(record), blocks) ?? []),
        transitions: events.restored(),
      };
    });
  }

  /** Writes a batch, whole or not at all, and once. */
  append(batch: HistoryBatch): void {
    explaining("write to the history", () => {
      if (batch.id !== undefined && this.#tables.batches.isLatest(batch.id)) return;
      const onCommitted = inTransaction(this.#database, () => this.#write(batch));
      onCommitted();
    });
  }

  /** Returns samples of a service in the form that fits. */
  samples({ service, from, to, points }: SamplesQuery): HistoryView {
    return explaining("read the history", () => {
      const gaps = this.gaps({ from, to });
      const record = this.#tables.services.named(service);
      if (record === undefined) return { from, to, stepMs: 0, metrics: {}, gaps };
      const subject = this.#subject(record);
      const { archive } = this.#tables;
      const raw = from < record.floors.raw ? null : archive.samples(subject, { from, to, points });
      if (raw !== null) return { from, to, stepMs: 0, metrics: viewSamples(raw), gaps };
      const covers = (tier: keyof typeof record.rolled) => record.floors[tier] <= from;
      const { tier, stepMs } = planBuckets({ from, to, points, covers });
      const range = { from: bucketStart(from, stepMs), to: bucketStart(to - 1, stepMs) + stepMs };
      const buckets = coarsen(archive.buckets(subject, tier, range), stepMs);
      return { from, to, stepMs, metrics: viewBuckets(buckets), gaps };
    });
  }

  /** Returns status changes, alert transitions and gaps, newest first. */
  events(query: EventsQuery): readonly EventView[] {
    return explaining("read the history", () => {
      const id = this.#tables.services.named(query.service)?.id ?? NOBODY;
      return findEvents(this.#tables, id, query);
    });
  }

  /** Returns the status of a service at the beginning of a range, if known, and each change in it. */
  statuses(service: string, range: TimeSpan): readonly StatusChange[] {
    return explaining("read the history", () => {
      const record = this.#tables.services.named(service);
      return record ? this.#tables.events.statuses(record.id, range) : [];
    });
  }

  /** Returns the alerts that fired and have ended and whose time meets a range. */
  endedAlerts(service: string, range: TimeSpan): readonly AlertSpanView[] {
    return explaining("read the history", () => {
      const record = this.#tables.services.named(service);
      return record ? this.#tables.events.endedAlerts(record.id, range) : [];
    });
  }

  /** Returns the gaps that meet a range, whole. */
  gaps(range: TimeSpan): readonly GapView[] {
    return this.#tables.runs.gaps(range).map(({ from, to }) => ({ from, to }));
  }

  /** Returns the JSON of the transitions of one alert. */
  transitionsOf(alert: string): readonly string[] {
    return explaining("read the history", () => this.#tables.events.ofAlert(alert));
  }

  /** Does one small step of what is due, and tells whether there is more. */
  maintain(now: Instant): boolean {
    return explaining("put the history in order", () => this.#caretaker.step(now));
  }

  /** Keeps what it keeps for so long. */
  retain(retention: Retention): void {
    this.#caretaker.retain(retention);
  }

  /** Returns how much is kept. */
  usage(): HistoryUsage {
    return explaining("read the history", () => {
      const { chunks, journal } = this.#tables;
      const bytes = this.#pragma("page_count") * this.#pragma("page_size");
      return { bytes, rawSamples: chunks.countRawValues() + journal.valueCount };
    });
  }

  /** Notes that the run ends as it should. */
  close(): void {
    explaining("close the history", () => this.#tables.runs.end());
  }

  /** Returns what is to be remembered once it is committed. */
  #write({ id, at, samples, transitions, documents }: HistoryBatch): () => void {
    const { services, journal, events, documents: documentTable, runs, batches } = this.#tables;
    const added = new Map<string, ServiceRecord>();
    const idOf = (name: string): number => {
      const known = services.named(name) ?? added.get(name) ?? services.insert(name);
      if (services.named(name) === undefined) added.set(name, known);
      return known.id;
    };
    const numbered = samples.map((sample) => ({
      ...{ service: idOf(sample.service), at: sample.at, metrics: sample.metrics },
    }));
    const row = numbered.length > 0 ? journal.write(numbered, at) : null;
    for (const transition of transitions) events.insert(idOf(transition.service), transition);
    for (const document of documents) documentTable.put(document);
    runs.touch(at);
    if (id !== undefined) batches.note(id);
    return () => {
      for (const record of added.values()) services.remember(record);
      if (row !== null) journal.admit(row);
    };
  }

  #subject(record: ServiceRecord): Subject {
    return { record, fresh: this.#tables.journal.blockOf(record.id) };
  }

  #pragma(name: string): number {
    return numberIn(this.#database.prepare(`PRAGMA ${name}`).get() ?? {}, name);
  }
}

/** The number of no service. */
const NOBODY = 0;
