/**
 * The port of everything that brings samples by itself, such as the simulators.
 *
 * @module
 */

import type { Sample } from "@/lib/domain/sample.ts";
import type { WorkerView } from "@/lib/protocol/views.ts";

import type { IncomingSample, IngestResult } from "./monitor.ts";

/** Why a source could not observe a service. */
export interface SourceFailure {
  /** The reason in a word or two, such as `"timeout"` or `"status 503"`; few different ones. */
  readonly reason: string;
  /** The same in a sentence for people, without a full stop and without secrets. */
  readonly detail: string;
}

/** Takes why services could not be observed. */
export interface FailureSink {
  /**
   * Takes that a service could not be observed, and why; `null` each time that it could be. Never throws.
   */
  noteFailure(service: string, failure: SourceFailure | null): void;
}

/** Where a source puts what it has. No call throws. */
export interface SampleSink extends FailureSink {
  /** Takes one sample, and returns what became of it: it is checked like any other. */
  accept(sample: IncomingSample): IngestResult;
}

/** Where a source puts what it has that runs a worker behind each service. No call throws. */
export interface WorkerSink {
  /** Takes one checked sample. */
  accept(sample: Sample): void;
  /** Takes news of the worker behind a simulated service. */
  noteWorker(service: string, worker: WorkerView): void;
}

/** Brings samples until it is stopped. */
export interface SampleSource<Sink = SampleSink> {
  /** Begins; a second call does nothing. */
  start(sink: Sink): void;
  /** Ends and awaits what was started; a second call does nothing. */
  stop(): Promise<void>;
}
