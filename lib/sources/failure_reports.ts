/**
 * Tells of failures to observe: to the service they are about, and to the log, but not too often.
 *
 * @module
 */

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
  /** The reason that was logged, or would have been. */
  readonly reason: string;
  /** `null` if there was no room in the log yet. */
  readonly loggedAtMs: number | null;
  /** Failures since the last line. */
  readonly unlogged: number;
  /** In monotonic milliseconds, as all here: the wall clock may be set. */
  readonly sinceMs: number;
  /** `null` while it fails. */
  readonly recoveredAtMs: number | null;
}

/** Of one service at most one line in such a time, but for its first failure, in milliseconds. */
const QUIET_MS = 60_000;

/** A failure that goes on is told of again after this, in milliseconds. */
const REMIND_MS = 3_600_000;

/** So many services are remembered; of more, those that have failed first are forgotten and logged anew. */
const MAX_SERVICES = 10_000;

/** So many lines of failures in a minute, however many services fail at once. */
const MAX_LINES = 100;

/** The longest detail that is shown, in UTF-16 units: it stands on cards and in titles of messages. */
const MAX_DETAIL = 300;

/** Takes failures from anywhere and passes them on. */
export class FailureReports implements FailureSink {
  readonly #options: FailureReportsOptions;
  readonly #reports = new Map<string, Report>();
  #minute = { startMs: -Infinity, lines: 0, leftOut: 0 };

  /** Creates reports of which none was made yet. */
  constructor(options: FailureReportsOptions) {
    this.#options = options;
  }

  noteFailure(service: string, failure: SourceFailure | null): void {
    const told = failure && { reason: failure.reason, detail: shorten(failure.detail) };
    this.#options.sink.noteFailure(service, told);
    if (told === null) this.#end(service);
    else this.#fail(service, told);
  }

  #fail(service: string, { reason, detail }: SourceFailure): void {
    const { clock, log } = this.#options;
    const before = this.#reports.get(service);
    const goesOn = before !== undefined && before.recoveredAtMs === null;
    const sinceMs = goesOn ? before.sinceMs : clock.monotonicMs();
    const unlogged = before?.unlogged ?? 0;
    if (!this.#isDue(before, goesOn ? reason : null) || !this.#hasRoom()) {
      const known = before ?? { reason, loggedAtMs: null };
      this.#keep(service, { ...known, unlogged: unlogged + 1, sinceMs, recoveredAtMs: null });
      return;
    }
    const loggedAtMs = clock.monotonicMs();
    this.#keep(service, { reason, loggedAtMs, unlogged: 0, sinceMs, recoveredAtMs: null });
    log.warn("source failed", { service, reason, detail, unlogged });
  }

  /** A reason that goes on is news for a long time no more; anything else for a while. */
  #isDue(before: Report | undefined, reason: string | null): boolean {
    if (before === undefined || before.loggedAtMs === null) return true;
    const quietMs = before.reason === reason ? REMIND_MS : QUIET_MS;
    return this.#options.clock.monotonicMs() - before.loggedAtMs >= quietMs;
  }

  /** Takes one of the lines of this minute. */
  #hasRoom(): boolean {
    const { clock, log } = this.#options;
    const nowMs = clock.monotonicMs();
    if (nowMs - this.#minute.startMs >= QUIET_MS) {
      const { leftOut } = this.#minute;
      if (leftOut > 0) log.warn("sources failed that were not logged", { count: leftOut });
      this.#minute = { startMs: nowMs, lines: 0, leftOut: 0 };
    }
    const hasRoom = this.#minute.lines < MAX_LINES;
    if (hasRoom) this.#minute.lines++;
    else this.#minute.leftOut++;
    return hasRoom;
  }

  #keep(service: string, report: Report): void {
    const [oldest] = this.#reports.keys();
    const isFull = this.#reports.size >= MAX_SERVICES && !this.#reports.has(service);
    if (isFull && oldest !== undefined) this.#reports.delete(oldest);
    this.#reports.set(service, report);
  }

  /** A service that fails every other time keeps quiet as well: its failure is remembered for a while. */
  #end(service: string): void {
    const { clock, log } = this.#options;
    const before = this.#reports.get(service);
    if (before === undefined) return;
    const recoveredAtMs = before.recoveredAtMs ?? clock.monotonicMs();
    if (before.loggedAtMs !== null && clock.monotonicMs() - before.loggedAtMs < QUIET_MS) {
      this.#keep(service, { ...before, recoveredAtMs });
      return;
    }
    this.#reports.delete(service);
    if (before.loggedAtMs === null) return;
    log.info("source recovered", { service, failedForMs: recoveredAtMs - before.sinceMs });
  }
}

/** The last character of a cut text may be half of one. */
function shorten(text: string): string {
  if (text.length <= MAX_DETAIL) return text;
  return text.slice(0, MAX_DETAIL - 1).replace(/[\ud800-\udbff]$/, "") + "…";
}
