/**
 * The port of everything that brings samples by itself, such as the simulators.
 *
 * @module
 */

import type { Sample } from "@/lib/domain/sample.ts";
import type { WorkerView } from "@/lib/protocol/views.ts";

/** Where a source puts what it has. Neither call throws. */
export interface SampleSink {
  /** Takes one checked sample. */
  accept(sample: Sample): void;
  /** Takes news of the worker behind a simulated service. */
  noteWorker(service: string, worker: WorkerView): void;
}

/** Brings samples until it is stopped. */
export interface SampleSource {
  /** Begins; a second call does nothing. */
  start(sink: SampleSink): void;
  /** Ends and awaits what was started; a second call does nothing. */
  stop(): Promise<void>;
}
