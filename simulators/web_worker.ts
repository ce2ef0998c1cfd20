/**
 * The adapter from {@linkcode StartWorker} to the runtime's Web Workers.
 *
 * @module
 */

import type { WorkerEvents, WorkerHandle } from "./worker_handle.ts";

/** What the runtime's `Worker` takes beyond the standard: the permissions of the worker. */
interface LockedWorkerOptions extends WorkerOptions {
  readonly deno: { readonly permissions: "none" };
}

const LOCKED: LockedWorkerOptions = { type: "module", deno: { permissions: "none" } };

/**
 * Starts a Web Worker that may read no file, no environment and no socket. A runtime that throws at that
 * option gets the worker without it; Deno outside of this project's `deno.json` needs
 * `--unstable-worker-options`, and ends the process if it is missing.
 *
 * @param module What to run; the simulator by default.
 */
export function startWebWorker(
  events: WorkerEvents,
  module: URL = new URL("./worker.ts", import.meta.url),
): WorkerHandle {
  const worker = createWorker(module);
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

function createWorker(module: URL): Worker {
  try {
    return new Worker(module, LOCKED);
  } catch {
    // Not every runtime knows the option; a worker with the rights of its parent is better than none.
    return new Worker(module, { type: "module" });
  }
}
