/**
 * Keeps the console quiet in tests, and shows what was logged.
 *
 * @module
 */

/** What was logged while it was in place. */
export interface CapturedCalls extends Disposable {
  /** The arguments of each call. */
  readonly calls: readonly (readonly unknown[])[];
}

/** Replaces `console.error` until disposed. */
export function captureErrors(): CapturedCalls {
  return capture("error");
}

/** Replaces `console.log` until disposed. */
export function captureNotices(): CapturedCalls {
  return capture("log");
}

function capture(method: "error" | "log"): CapturedCalls {
  const calls: unknown[][] = [];
  const { console } = globalThis;
  const original = console[method];
  console[method] = (...args: unknown[]) => void calls.push(args);
  return {
    calls,
    [Symbol.dispose]() {
      console[method] = original;
    },
  };
}
