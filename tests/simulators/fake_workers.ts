/**
 * Workers that do nothing until a test speaks for them, and a sink and a log that keep what they get.
 *
 * @module
 */

import type { Sample } from "@/lib/domain/sample.ts";
import type { Log, LogFields } from "@/lib/ports/log.ts";
import type { WorkerSink } from "@/lib/ports/sample_source.ts";
import type { WorkerView } from "@/lib/protocol/views.ts";
import type { WorkerCommand } from "@/simulators/commands.ts";
import type { WorkerReport } from "@/simulators/messages.ts";
import type { WorkerEvents, WorkerHandle } from "@/simulators/worker_handle.ts";

/** One worker that was started. */
export class FakeWorker implements WorkerHandle {
  /** What it was told, oldest first. */
  readonly told: WorkerCommand[] = [];
  terminated = false;
  readonly #events: WorkerEvents;

  constructor(events: WorkerEvents) {
    this.#events = events;
  }

  post(command: WorkerCommand): void {
    this.told.push(command);
  }

  terminate(): void {
    this.terminated = true;
  }

  /** Sends anything. */
  say(message: unknown): void {
    this.#events.onMessage(message);
  }

  /** Sends a proper sample. */
  sample(service: string, at: number): void {
    const metrics = { cpu: 41, memory: 63, latency: 120, errorRate: 0.4 };
    this.say({ type: "sample", service, at, metrics } satisfies WorkerReport);
  }

  /** Dies. */
  crash(reason: string): void {
    this.#events.onError(reason);
  }
}

/** Starts fake workers and keeps them all. */
export class FakeWorkers {
  readonly started: FakeWorker[] = [];
  /** While set, starting fails with it. */
  refusal: string | undefined;

  readonly start = (events: WorkerEvents): FakeWorker => {
    if (this.refusal !== undefined) throw new Error(this.refusal);
    const worker = new FakeWorker(events);
    this.started.push(worker);
    return worker;
  };

  /** The worker that was started last. */
  get last(): FakeWorker {
    const worker = this.started.at(-1);
    if (worker === undefined) throw new Error("Cannot take the last worker: none was started");
    return worker;
  }
}

/** Keeps samples and views. */
export class FakeSink implements WorkerSink {
  readonly samples: Sample[] = [];
  readonly views: [service: string, view: WorkerView][] = [];

  accept(sample: Sample): void {
    this.samples.push(sample);
  }

  noteWorker(service: string, worker: WorkerView): void {
    this.views.push([service, worker]);
  }
}

/** Keeps events. */
export class FakeLog implements Log {
  readonly events: [event: string, fields: LogFields][] = [];

  debug(event: string, fields: LogFields = {}): void {
    this.events.push([event, fields]);
  }
  info(event: string, fields: LogFields = {}): void {
    this.events.push([event, fields]);
  }
  warn(event: string, fields: LogFields = {}): void {
    this.events.push([event, fields]);
  }
  error(event: string, fields: LogFields = {}): void {
    this.events.push([event, fields]);
  }
}
