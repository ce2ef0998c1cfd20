/**
 * The decisions about a worker: is it hung, and when is it started again. Pure; the supervisor acts on them.
 *
 * @module
 */

/** Pause before the first restart, in milliseconds; each further one doubles it. */
export const FIRST_PAUSE_MS = 500;
/** The longest pause, in milliseconds. */
export const MAX_PAUSE_MS = 30_000;
/** After so long without trouble the pauses begin anew, in milliseconds. */
export const HEALTHY_MS = 60_000;
/** Up to this share of a pause is taken off at random, so that workers do not start in step. */
const JITTER = 0.25;

/** Why a worker has to be restarted. */
export type Trouble =
  | { readonly kind: "crashed"; readonly message: string }
  | { readonly kind: "silent"; readonly forMs: number }
  | { readonly kind: "invalid"; readonly count: number; readonly problem: string }
  | { readonly kind: "notStarted"; readonly message: string };

/** How a worker did until its trouble. */
export interface Run {
  /** How many restarts in a row came before, none of them followed by a healthy minute. */
  readonly failures: number;
  /** From its start to its last valid message, in milliseconds. */
  readonly healthyMs: number;
}

/** When to start a worker again. */
export interface Restart {
  /** How many restarts in a row it is now. */
  readonly failures: number;
  /** Milliseconds to wait. */
  readonly pauseMs: number;
}

/**
 * Returns when to start a worker again that is in trouble.
 *
 * @param random From 0 (included) to 1 (excluded).
 */
export function decideRestart(run: Run, random: number): Restart {
  const failures = run.healthyMs >= HEALTHY_MS ? 1 : run.failures + 1;
  const fullMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  return { failures, pauseMs: Math.round(fullMs * (1 - JITTER * random)) };
}

/** What a watch over a worker knows when its timer runs; all by one monotonic clock, in milliseconds. */
export interface Watch {
  readonly now: number;
  /** When the timer was due. */
  readonly dueAt: number;
  /** When the worker was last heard, or started. */
  readonly heardAt: number;
  /** The longest silence that is still fine. */
  readonly limitMs: number;
}

/**
 * Tells what a silence means: `"alive"` (heard lately), `"hung"`, or `"overslept"` — the timer itself came
 * late, so it was this process that stood still, and messages may wait unread.
 */
export function judgeSilence(watch: Watch): "alive" | "hung" | "overslept" {
  if (watch.now - watch.heardAt < watch.limitMs) return "alive";
  return watch.now - watch.dueAt > watch.limitMs / 2 ? "overslept" : "hung";
}

/** Returns a trouble in words, for people. */
export function describeTrouble(trouble: Trouble): string {
  switch (trouble.kind) {
    case "crashed":
      return `crashed: ${trouble.message}`;
    case "silent":
      return `silent for ${Math.round(trouble.forMs / 100) / 10} s`;
    case "invalid":
      return `${trouble.count} invalid messages in a row: ${trouble.problem}`;
    case "notStarted":
      return `could not be started: ${trouble.message}`;
  }
}
