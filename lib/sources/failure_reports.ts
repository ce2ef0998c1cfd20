/**
 * Tells of failures to observe: to the service they are about, and to the log, but not too often.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { FailureSink, SourceFailure } from "@/lib/ports/sample_source.ts";

/** What {@linkcode FailureReports} needs. */
export interface FailureReportsOptions {
  /** Tells the time. */
  readonly clock: Clock;
  /** Gets a line when a service begins to fail, when the reason changes, and when it is over. */
  readonly log: Log;
  /** Shows failures. */
  readonly sink: FailureSink;
}

interface Report {
  readonly reason: string;
  readonly loggedAtMs: number;
  /** Failures since the last line. */
  readonly unlogged: number;
  readonly since: Instant;
}

/** Of one service at most one line in such a time, but for its first failure, in milliseconds. */
const QUIET_MS = 60_000;

/** A failure that goes on is told of again after this, in milliseconds. */
const REMIND_MS = 3_600_000;

/** So many services are remembered; of more, some are logged too often. */
const MAX_SERVICES = 10_000;

/** Takes failures from anywhere and passes them on. */
export class FailureReports implements FailureSink {
  readonly #options: FailureReportsOptions;
  readonly #reports = new Map<string, Report>();

  /** Creates reports of which none was made yet. */
  constructor(options: FailureReportsOptions) {
    this.#options = options;
  }

  noteFailure(service: string, failure: SourceFailure | null): void {
    this.#options.sink.noteFailure(service, failure);
    if (failure === null) this.#end(service);
    else this.#fail(service, failure);
  }

  #fail(service: string, { reason, detail }: SourceFailure): void {
    const { clock, log } = this.#options;
    const before = this.#reports.get(service);
    const nowMs = clock.monotonicMs();
    const quietMs = before?.reason === reason ? REMIND_MS : QUIET_MS;
    if (before !== undefined && nowMs - before.loggedAtMs < quietMs) {
      this.#reports.set(service, { ...before, unlogged: before.unlogged + 1 });
      return;
    }
    const since = before?.since ?? clock.now();
    if (before === undefined && this.#reports.size >= MAX_SERVICES) return;
    this.#reports.set(service, { reason, since, loggedAtMs: nowMs, unlogged: 0 });
    log.warn("source failed", { service, reason, detail, unlogged: before?.unlogged ?? 0 });
  }

  /** A service that fails every other time keeps quiet as well: its failure is remembered for a while. */
  #end(service: string): void {
    const { clock, log } = this.#options;
    const before = this.#reports.get(service);
    if (before === undefined || clock.monotonicMs() - before.loggedAtMs < QUIET_MS) return;
    this.#reports.delete(service);
    log.info("source recovered", { service, failedForMs: clock.now() - before.since });
  }
}
