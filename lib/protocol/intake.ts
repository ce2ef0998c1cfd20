/**
 * Taking samples from outside: what is answered with 202 is kept.
 *
 * @module
 */

import type { CommitGate } from "@/lib/ports/ledger.ts";
import type { IncomingSample, IngestResult, MonitorState } from "@/lib/ports/monitor.ts";

import { answerIngest } from "./ingest_answer.ts";
import { ProblemError } from "./problem.ts";
import type { Locate } from "./sample_batch.ts";

/** Where samples go. */
export interface Intake {
  /** Takes them. */
  readonly monitor: Pick<MonitorState, "ingest">;
  /** Tells when they are safe. */
  readonly gate: CommitGate;
}

/** How long a client should wait when samples come faster than they can be written, in seconds. */
const FULL_RETRY_S = 1;

/** How long a client should wait when nothing can be written, in seconds. */
const UNSAFE_RETRY_S = 5;

/**
 * Takes samples, and returns the answer once they are written down.
 *
 * @throws {ProblemError} As `answerIngest`; 429 if too much waits to be written, and nothing was taken; 503 if
 * nothing can be written: they are watched all the same, and may be sent again.
 */
export async function takeSamples(
  samples: readonly IncomingSample[],
  { monitor, gate, locate }: Intake & { readonly locate: Locate },
): Promise<Response> {
  return await keepTaken(() => monitor.ingest(samples), { gate, locate });
}

/**
 * Takes what is to be taken, all in one turn, and returns the answer once it is written down.
 *
 * @throws {ProblemError} As {@linkcode takeSamples}.
 */
export async function keepTaken(
  take: () => IngestResult,
  { gate, locate }: Pick<Intake, "gate"> & { readonly locate: Locate },
): Promise<Response> {
  requireRoom(gate);
  const answer = answerIngest(take(), locate);
  await untilKept(gate);
  return answer;
}

/**
 * Makes sure that more can be taken.
 *
 * @throws {ProblemError} 429 if too much waits to be written.
 */
export function requireRoom(gate: CommitGate): void {
  if (gate.isFull) throw new ProblemError(429, TOO_FAST, retryAfter(FULL_RETRY_S));
}

/**
 * Waits until what was taken is written down.
 *
 * @throws {ProblemError} 503 if nothing can be written.
 */
export async function untilKept(gate: CommitGate): Promise<void> {
  const kept = await gate.committed();
  if (kept.kind === "kept") return;
  throw new ProblemError(503, `${NOT_KEPT}: ${kept.reason}`, retryAfter(UNSAFE_RETRY_S));
}

const TOO_FAST = "Cannot take samples as fast as they come: too many wait to be written";

const NOT_KEPT = "The samples are watched, but cannot be kept for now; send them again later";

function retryAfter(seconds: number): { readonly headers: Readonly<Record<string, string>> } {
  return { headers: { "retry-after": `${seconds}` } };
}
