/**
 * The runs of a job that are under way: which began, when each is to be over, how long one took.
 *
 * @module
 */

import * as words from "@/texts/metrics.ts";

import type { Instant } from "./instant.ts";
import type { Metric } from "./metric.ts";
import { RETRIED_MS } from "./absence.ts";

/** How long a run took that succeeded: a metric that is there where a job is configured. */
export const RUN_DURATION: Metric = {
  id: "duration",
  label: words.durationLabel,
  name: words.durationName,
  unit: "s",
  min: 0,
  max: 31_536_000,
  decimals: 1,
};

/** A run that began and has not ended. */
export interface JobRun {
  /** Tells runs apart that overlap; empty where the job names none. */
  readonly id: string;
  /** When it began. */
  readonly startedAt: Instant;
  /** When it is to be over; `null` if that has passed and was told, or nobody can say. */
  readonly dueAt: Instant | null;
}

/** How many runs of one job are remembered; of more, the oldest ones are forgotten. */
export const MAX_RUNS = 20;

/** How a run begins. */
export interface RunStart {
  /** As in {@linkcode JobRun}. */
  readonly id: string;
  /** How long it may take, in milliseconds. */
  readonly maxRunMs: number;
}

/**
 * Returns the runs once another has begun. One of the same name begins anew. Those that were overdue are
 * forgotten: they died without a word.
 *
 * @example
 * ```ts
 * import { endRun, startRun } from "@/lib/domain/job_run.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const runs = startRun([], { id: "", maxRunMs: 60_000 }, 1_000);
 * assertEquals(endRun(runs, "", 5_500), { runs: [], durationMs: 4_500 });
 * ```
 */
export function startRun(
  runs: readonly JobRun[],
  { id, maxRunMs }: RunStart,
  now: Instant,
): readonly JobRun[] {
  const others = runs.filter((run) => run.id !== id && run.dueAt !== null);
  return [...others, { id, startedAt: now, dueAt: now + maxRunMs }].slice(-MAX_RUNS);
}

/** Returns the runs without one that has ended, and how long it took; `null` if its beginning is not known. */
export function endRun(
  runs: readonly JobRun[],
  id: string,
  now: Instant,
): { readonly runs: readonly JobRun[]; readonly durationMs: number | null } {
  const ended = runs.find((run) => run.id === id);
  if (ended === undefined) return { runs, durationMs: null };
  const durationMs = Math.max(0, now - ended.startedAt);
  return { runs: runs.filter((run) => run !== ended), durationMs };
}

/** Returns those runs that are to be over by now, and were not told of. */
export function overdueRuns(runs: readonly JobRun[], now: Instant): readonly JobRun[] {
  return runs.filter(({ dueAt }) => dueAt !== null && dueAt <= now);
}

/** Returns when the next run is to be over; `null` if none is. */
export function nextRunDue(runs: readonly JobRun[]): Instant | null {
  const due = runs.flatMap(({ dueAt }) => dueAt ?? []);
  return due.length === 0 ? null : Math.min(...due);
}

/** Returns the runs after the monitor's clock was set by `byMs`. */
export function moveRuns(runs: readonly JobRun[], byMs: number): readonly JobRun[] {
  return runs.map(({ id, startedAt, dueAt }) => {
    return { id, startedAt: startedAt + byMs, dueAt: dueAt === null ? null : dueAt + byMs };
  });
}

/**
 * Returns the runs after a time without a monitor, in which the word that one was over may have been lost. Who
 * says it now is given the time to try again.
 */
export function resumeRuns(
  runs: readonly JobRun[],
  { aliveAt, now }: { readonly aliveAt: Instant; readonly now: Instant },
): readonly JobRun[] {
  const isLost = now - aliveAt > RETRIED_MS;
  const moved = now < aliveAt ? moveRuns(runs, now - aliveAt) : runs;
  return moved.map(({ dueAt, ...run }) => {
    return { ...run, dueAt: dueAt === null || isLost ? null : Math.max(dueAt, now + RETRIED_MS) };
  });
}
