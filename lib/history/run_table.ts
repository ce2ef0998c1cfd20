/**
 * Runs of the monitor, and the gaps between them.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import type { GapView } from "@/lib/protocol/history_views.ts";

import { numberIn, type Row } from "./row.ts";

/** A shorter pause between two runs is not worth a word, in milliseconds. */
const MIN_GAP_MS = 1_000;

/** A gap, and the number of the run that ended it. */
export interface NumberedGap extends GapView {
  /** Number of the run. */
  readonly run: number;
}

interface Run {
  readonly id: number;
  readonly startedAt: Instant;
  readonly aliveAt: Instant;
}

/** The one module that reads and writes the table `runs`. */
export class RunTable {
  readonly #all: StatementSync;
  readonly #insert: StatementSync;
  readonly #touch: StatementSync;
  readonly #end: StatementSync;
  readonly #forget: StatementSync;
  #gaps: readonly NumberedGap[] = [];
  #run = 0;

  /** Prepares its statements. */
  constructor(database: DatabaseSync) {
    this.#all = database.prepare("SELECT id, started_at, alive_at FROM runs ORDER BY id");
    this.#insert = database.prepare(
      "INSERT INTO runs (started_at, alive_at) VALUES (?, ?) RETURNING id, started_at, alive_at",
    );
    this.#touch = database.prepare("UPDATE runs SET alive_at = ? WHERE id = ?");
    this.#end = database.prepare("UPDATE runs SET ended = 1 WHERE id = ?");
    this.#forget = database.prepare("DELETE FROM runs WHERE alive_at < ? AND id < ?");
  }

  /** Begins a run and returns when the one before it was last alive; `null` if there was none. */
  begin(now: Instant): Instant | null {
    const before = this.#all.all().map(parseRun);
    const run = parseRun(this.#insert.get(now, now) ?? {});
    this.#run = run.id;
    this.#gaps = findGaps([...before, run]);
    return before.at(-1)?.aliveAt ?? null;
  }

  /** Notes that this run is alive. */
  touch(at: Instant): void {
    this.#touch.run(at, this.#run);
  }

  /** Notes that this run ends as it should. */
  end(): void {
    this.#end.run(this.#run);
  }

  /** Returns the gaps that meet a range, whole, oldest first. */
  gaps({ from, to }: TimeSpan): readonly NumberedGap[] {
    return this.#gaps.filter((gap) => gap.from < to && gap.to > from);
  }

  /** Forgets the runs that were over before an instant, but for the latest two. */
  forget(before: Instant): void {
    this.#forget.run(before, this.#run - 1);
  }
}

function findGaps(runs: readonly Run[]): readonly NumberedGap[] {
  return runs.flatMap(({ id, startedAt: to }, index) => {
    const from = runs[index - 1]?.aliveAt ?? Infinity;
    return to - from >= MIN_GAP_MS ? [{ run: id, from, to }] : [];
  });
}

function parseRun(row: Row): Run {
  return {
    id: numberIn(row, "id"),
    startedAt: numberIn(row, "started_at"),
    aliveAt: numberIn(row, "alive_at"),
  };
}
