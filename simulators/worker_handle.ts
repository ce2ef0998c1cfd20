/**
 * The port to a running worker, so that the supervisor can be tested without one.
 *
 * @module
 */

import type { WorkerCommand } from "./commands.ts";

/** Where a worker's events go; called after the worker was started, never before. */
export interface WorkerEvents {
  /** It sent something, unchecked. */
  onMessage(message: unknown): void;
  /** It died of an uncaught error. */
  onError(reason: string): void;
}

/** One started worker. */
export interface WorkerHandle {
  /** Sends it a message. */
  post(command: WorkerCommand): void;
  /** Ends it at once; a second call does nothing. */
  terminate(): void;
}

/**
 * Starts a worker.
 *
 * @throws {unknown} If the runtime refuses.
 */
export type StartWorker = (events: WorkerEvents) => WorkerHandle;
