/**
 * The source of simulated samples: one worker for each service, kept alive. It knows the model only by the
 * names of its profiles.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { SampleSource, WorkerSink } from "@/lib/ports/sample_source.ts";
import type { WorkerView } from "@/lib/protocol/views.ts";

import type { Fault } from "./faults.ts";
import { faultsSchema, problemOf } from "./messages.ts";
import { profileNamed } from "./profiles.ts";
import { type SimulatedService, WatchedWorker } from "./watched_worker.ts";
import type { StartWorker } from "./worker_handle.ts";

export type { SimulatedService } from "./watched_worker.ts";

/** Options for {@linkcode createSupervisor}. */
export interface SupervisorOptions {
  /** The services to simulate; their names differ. */
  readonly services: readonly SimulatedService[];
  /** Times pauses and silences. */
  readonly clock: Clock;
  /** Told of every restart and every message that was not believed. */
  readonly log: Log;
  /** Starts one worker; `startWebWorker` outside of tests. */
  readonly startWorker: StartWorker;
  /** Spreads restarts; from 0 (included) to 1 (excluded). @default {Math.random} */
  readonly random?: () => number;
  /** Time between two samples of a service, in milliseconds. @default {1000} */
  readonly intervalMs?: number;
  /** The longest silence of a worker that is still fine, in milliseconds. @default {5000} */
  readonly silentMs?: number;
  /** The longest time from a worker's start to its first message, in milliseconds. @default {15000} */
  readonly startMs?: number;
}

/** Brings the samples of simulated services. */
export interface Supervisor extends SampleSource<WorkerSink> {
  /** How the worker of each service is, by name; empty before the start. */
  workers(): ReadonlyMap<string, WorkerView>;
  /**
   * Replaces all faults of a service. They outlive its worker: a new one is told what is left of them,
   * except a crash that has happened.
   *
   * @throws {RangeError} If the service is not simulated, or a fault is not one of its own.
   */
  setFaults(service: string, faults: readonly Fault[]): void;
  /** Says whether anything goes wrong by itself with any service; without a word it does. */
  setCalm(isCalm: boolean): void;
  /** How many messages of workers were not believed so far. */
  invalidMessages(): number;
}

/**
 * Creates the supervisor of some simulated services; nothing runs before `start`.
 *
 * @throws {RangeError} If two services have one name, or a profile does not exist.
 */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const settings = {
    random: Math.random,
    intervalMs: 1_000,
    silentMs: 5_000,
    startMs: 15_000,
    ...options,
  };
  const services = byName(options.services);
  const faults = new Map<string, readonly Fault[]>();
  const workers = new Map<string, WatchedWorker>();
  let stopped = false;
  let calm = false;

  return {
    start(sink: WorkerSink): void {
      if (stopped || workers.size > 0) return;
      for (const [name, service] of services) {
        const worker = new WatchedWorker(service, sink, settings);
        workers.set(name, worker);
        worker.setFaults(faults.get(name) ?? []);
        worker.setCalm(calm);
        worker.start();
      }
    },
    stop(): Promise<void> {
      stopped = true;
      for (const worker of workers.values()) worker.stop();
      return Promise.resolve();
    },
    workers: () => new Map([...workers].map(([name, worker]) => [name, worker.view])),
    setFaults(service: string, wanted: readonly Fault[]): void {
      if (!services.has(service)) {
        throw new RangeError(`Cannot set faults of "${service}": it is not simulated`);
      }
      checkFaults(service, wanted);
      faults.set(service, wanted);
      workers.get(service)?.setFaults(wanted);
    },
    setCalm(isCalm: boolean): void {
      calm = isCalm;
      for (const worker of workers.values()) worker.setCalm(isCalm);
    },
    invalidMessages: () =>
      [...workers.values()].reduce((sum, worker) => sum + worker.invalidMessages, 0),
  };
}

function byName(services: readonly SimulatedService[]): ReadonlyMap<string, SimulatedService> {
  const named = new Map<string, SimulatedService>();
  for (const service of services) {
    if (named.has(service.name)) {
      throw new RangeError(`Cannot simulate "${service.name}" twice: names must differ`);
    }
    profileNamed(service.profile);
    named.set(service.name, service);
  }
  return named;
}

/** A fault that a worker would refuse must not reach it: it would die of it again and again. */
function checkFaults(service: string, faults: readonly Fault[]): void {
  const parsed = faultsSchema.safeParse(faults);
  if (!parsed.success) {
    throw new RangeError(`Cannot set faults of "${service}": ${problemOf(parsed.error)}`);
  }
  const stray = faults.find((fault) => fault.service !== service);
  if (stray !== undefined) {
    throw new RangeError(`Cannot set faults of "${service}": one is for "${stray.service}"`);
  }
}
