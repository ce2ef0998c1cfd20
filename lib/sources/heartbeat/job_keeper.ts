/**
 * Follows the runs of jobs: how long each took, how it ended, and which one is not over in time.
 *
 * @module
 */

import { formatDuration } from "@/lib/domain/instant.ts";
import {
  endRun,
  type JobRun,
  nextRunDue,
  overdueRuns,
  RUN_DURATION,
  startRun,
} from "@/lib/domain/job_run.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import { Deadlines } from "@/lib/ports/deadlines.ts";
import type { JobDesk, JobState, RunEnd } from "@/lib/ports/job_desk.ts";
import type { IngestResult } from "@/lib/ports/monitor.ts";
import type { FailureSink } from "@/lib/ports/sample_source.ts";

/** What a {@linkcode JobKeeper} needs. */
export interface JobKeeperOptions {
  /** Tells the time; deadlines wait on it. */
  readonly clock: Clock;
  /** Keeps the runs. */
  readonly state: JobState;
  /** Is told why runs failed. */
  readonly failures: FailureSink;
}

/** What a run that failed is worth, and one that did not, in the metric of errors. */
const FAILED = { errorRate: 100 };
const SUCCEEDED = { errorRate: 0 };

/** Takes what jobs say, and notices what they do not. It remembers nothing but when to look again. */
export class JobKeeper implements JobDesk {
  readonly #options: JobKeeperOptions;
  readonly #deadlines: Deadlines;

  /** Begins to follow nothing yet. */
  constructor(options: JobKeeperOptions) {
    this.#options = options;
    const { clock } = options;
    this.#deadlines = new Deadlines({ clock, onDue: (services) => this.#passDeadlines(services) });
  }

  /** Begins with the runs that an earlier process has left, also once configuration has changed. */
  follow(): void {
    for (const service of this.#options.state.jobs()) this.#wait(service);
  }

  /** Ends for good. */
  stop(): void {
    this.#deadlines.stop();
  }

  start(service: string, run: string): IngestResult | null {
    const { clock, state } = this.#options;
    const maxRunMs = state.maxRunMs(service);
    if (maxRunMs === null) return null;
    const result = state.ingest([{ service, metrics: {} }]);
    if (result.kind !== "accepted") return result;
    this.#note(service, startRun(state.runsOf(service), { id: run, maxRunMs }, clock.now()));
    return result;
  }

  end(service: string, { run, failure }: RunEnd): IngestResult | null {
    const { clock, state, failures } = this.#options;
    if (state.maxRunMs(service) === null) return null;
    const { runs, durationMs } = endRun(state.runsOf(service), run, clock.now());
    const duration = durationMs === null ? {} : { [RUN_DURATION.id]: durationMs / 1_000 };
    const metrics = failure === null ? { ...SUCCEEDED, ...duration } : FAILED;
    const result = state.ingest([{ service, metrics }]);
    if (result.kind !== "accepted") return result;
    this.#note(service, runs);
    failures.noteFailure(service, failure);
    return result;
  }

  #note(service: string, runs: readonly JobRun[]): void {
    this.#options.state.noteRuns(service, runs);
    this.#wait(service);
  }

  #wait(service: string): void {
    this.#deadlines.set(service, nextRunDue(this.#options.state.runsOf(service)));
  }

  #passDeadlines(services: readonly string[]): void {
    for (const service of services) {
      const runs = this.#options.state.runsOf(service);
      const overdue = overdueRuns(runs, this.#options.clock.now());
      const [first] = overdue;
      if (first === undefined) this.#wait(service);
      else this.#giveUp(service, runs.map((run) => overdue.includes(run) ? told(run) : run), first);
    }
  }

  #giveUp(service: string, runs: readonly JobRun[], { startedAt }: JobRun): void {
    const { clock, state, failures } = this.#options;
    state.conclude(service, FAILED);
    this.#note(service, runs);
    const age = formatDuration(clock.now() - startedAt);
    const detail = `The run that began ${age} ago is not over`;
    failures.noteFailure(service, { reason: "too long", detail });
  }
}

function told(run: JobRun): JobRun {
  return { ...run, dueAt: null };
}
