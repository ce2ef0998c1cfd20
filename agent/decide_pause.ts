/**
 * How long the agent leaves Vitals alone after an attempt.
 *
 * @module
 */

import { backoffMs } from "@/lib/protocol/backoff.ts";

import type { PushOutcome } from "./push.ts";

/** The longest pause the agent takes unasked, in milliseconds. */
const MAX_PAUSE_MS = 15_000;

/** The longest pause it lets itself be asked for, in milliseconds. */
const MAX_RETRY_AFTER_MS = 300_000;

/** Options for {@linkcode decidePause}. */
export interface DecidePauseOptions {
  /** How many attempts in a row have failed, this one included. */
  readonly failures: number;
  /** Uniform in 0 to 1, 1 left out. */
  readonly random: () => number;
}

/**
 * Returns the pause in milliseconds: none after success; growing and random where trying again may help, as
 * when Vitals is away or busy; long where the sample or the token is at fault, which a person must mend. A
 * `Retry-After` is honoured up to five minutes.
 *
 * @example
 * ```ts
 * import { decidePause } from "@/agent/decide_pause.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const random = () => 0.5;
 * assertEquals(decidePause({ kind: "accepted" }, { failures: 0, random }), 0);
 * assertEquals(decidePause({ kind: "unreachable", reason: "" }, { failures: 3, random }), 2_000);
 * ```
 */
export function decidePause(
  outcome: PushOutcome,
  { failures, random }: DecidePauseOptions,
): number {
  switch (outcome.kind) {
    case "accepted":
      return 0;
    case "unreachable":
      return growingPause(failures, random);
    case "refused": {
      const pauseMs = mayPass(outcome.status)
        ? growingPause(failures, random)
        : MAX_PAUSE_MS * (1 + random()) / 2;
      return Math.max(pauseMs, Math.min(outcome.retryAfterMs, MAX_RETRY_AFTER_MS));
    }
  }
}

/** Whether the same request may be answered better in a moment. */
function mayPass(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

function growingPause(failures: number, random: () => number): number {
  return backoffMs(failures - 1, { baseMs: 1_000, maxMs: MAX_PAUSE_MS, random });
}
