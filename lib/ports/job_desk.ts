/**
 * The ports of jobs: what routes tell of their runs, and where that is kept.
 *
 * @module
 */

import type { JobRun } from "@/lib/domain/job_run.ts";

import type { IncomingSample, IngestResult } from "./monitor.ts";
import type { SourceFailure } from "./sample_source.ts";

/** How a run ended. */
export interface RunEnd {
  /** The name of the run; empty if it has none. */
  readonly run: string;
  /** Why it failed; `null` if it did not. */
  readonly failure: SourceFailure | null;
}

/** Takes what jobs say of their runs. Each act is a sign of life. */
export interface JobDesk {
  /** Takes that a run began; `null`, and nothing was taken, if the service is no job. */
  start(service: string, run: string): IngestResult | null;
  /** Takes that a run ended, of which the beginning need not be known; `null` if the service is no job. */
  end(service: string, end: RunEnd): IngestResult | null;
}

/** Where the runs of jobs are kept. */
export interface JobState {
  /** Returns the names of all jobs. */
  jobs(): readonly string[];
  /** Returns how long a run of a job may take, in milliseconds; `null` if the service is no job. */
  maxRunMs(service: string): number | null;
  /** Returns the runs of a service that are under way. */
  runsOf(service: string): readonly JobRun[];
  /** Takes the runs of a service that are under way. */
  noteRuns(service: string, runs: readonly JobRun[]): void;
  /** Takes samples, all or none. */
  ingest(samples: readonly IncomingSample[]): IngestResult;
  /** Takes what is concluded without a word from the service: that is no sign of life. */
  conclude(service: string, metrics: Readonly<Record<string, number>>): void;
}
