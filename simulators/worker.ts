/**
 * The entry of the Web Worker that runs one simulated service; `web_worker.ts` starts it. It runs with no
 * permissions. An error thrown here ends the worker, which its supervisor notices.
 *
 * @module
 */

import type { Cancel } from "@/lib/ports/clock.ts";

import { Simulation } from "./simulation.ts";

/** The part of the worker's global scope that is used; the compiler's `self` is a window's. */
interface WorkerScope {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  close(): void;
}

declare const self: WorkerScope;

const simulation = new Simulation({
  clock: { now: () => Date.now(), after },
  post: (report) => self.postMessage(report),
  onStop: () => self.close(),
});

self.addEventListener("message", (event) => simulation.receive(event.data));

function after(delayMs: number, run: () => void): Cancel {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
