/**
 * The adapter from {@linkcode StartWorker} to the runtime's Web Workers.
 *
 * @module
 */

import type { Log } from "@/lib/ports/log.ts";

import type { WorkerEvents, WorkerHandle } from "./worker_handle.ts";

/** What the runtime's `Worker` takes beyond the standard: the permissions of the worker. */
interface LockedWorkerOptions extends WorkerOptions {
  readonly deno: { readonly permissions: "none" };
}

const LOCKED: LockedWorkerOptions = { type: "module", deno: { permissions: "none" } };

/** Options of {@linkcode startWebWorker}. */
export interface WebWorkerOptions {
  /** What to run; the simulator by default. */
  readonly module?: URL;
  /** Hears of a worker without a lock. Without a log there is no such worker. */
  readonly log?: Log;
  /** Creates the worker; `new Worker()` by default. */
  readonly create?: (module: URL, options: WorkerOptions) => Worker;
}

/**
 * Starts a Web Worker that may read no file, no environment and no socket.
 *
 * A runtime that does not know that option says so with a `TypeError` or `NotSupportedError`. The worker is
 * then started with the permissions of its parent and `log` is warned with `worker_unlocked`; without a log
 * it is not started. Deno outside of this project's `deno.json` needs `--unstable-worker-options`, and ends
 * the process if it is missing.
 *
 * @throws {unknown} If the runtime refuses.
 */
export function startWebWorker(events: WorkerEvents, options: WebWorkerOptions = {}): WorkerHandle {
  const worker = createWorker(options);
  worker.addEventListener("message", (event) => events.onMessage(event.data));
  worker.addEventListener("messageerror", () => events.onMessage(undefined));
  worker.addEventListener("error", (event) => {
    // Otherwise the error of the worker would end the whole process.
    event.preventDefault();
    events.onError(event.message);
  });
  return {
    post: (command) => worker.postMessage(command),
    terminate: () => worker.terminate(),
  };
}

function createWorker({
  module = new URL("./worker.ts", import.meta.url),
  log,
  create = (module, options) => new Worker(module, options),
}: WebWorkerOptions): Worker {
  try {
    return create(module, LOCKED);
  } catch (error) {
    if (log === undefined || !isOptionUnknown(error)) throw error;
    log.warn("worker_unlocked", { reason: error.message });
    return create(module, { type: "module" });
  }
}

function isOptionUnknown(error: unknown): error is Error {
  if (error instanceof TypeError || error instanceof Deno.errors.NotSupported) return true;
  return error instanceof DOMException && error.name === "NotSupportedError";
}
