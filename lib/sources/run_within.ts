/**
 * One attempt that is over in time, whatever it waits for.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";

/** The bounds of an attempt. */
export interface AttemptBounds {
  /** Bounds the time. */
  readonly clock: Clock;
  /** How long it may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends it from outside. */
  readonly signal: AbortSignal;
}

/** What became of an attempt. */
export type Attempted<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "late" }
  | { readonly kind: "threw"; readonly error: unknown };

/**
 * Does something that ends once its signal is aborted, which it is when the time is over.
 *
 * @throws {unknown} The reason of the outer signal, if that is aborted.
 */
export async function runWithin<Value>(
  run: (signal: AbortSignal) => Promise<Value>,
  { clock, timeoutMs, signal }: AttemptBounds,
): Promise<Attempted<Value>> {
  signal.throwIfAborted();
  const bounds = new AbortController();
  const state = { isLate: false };
  const cancel = clock.after(timeoutMs, () => {
    state.isLate = true;
    bounds.abort(TIMEOUT);
  });
  // Not AbortSignal.any(): the outer signal lives as long as the source does, and would gather one for each run.
  const abort = () => bounds.abort(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    return { kind: "done", value: await run(bounds.signal) };
  } catch (error) {
    signal.throwIfAborted();
    return state.isLate ? { kind: "late" } : { kind: "threw", error };
  } finally {
    cancel();
    signal.removeEventListener("abort", abort);
  }
}

const TIMEOUT = new Error("no answer in time");
