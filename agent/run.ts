/**
 * The agent's loop: measure, send, wait for the next point of a steady grid. Knows neither the machine nor
 * the network.
 *
 * At most one sample is on its way. While it is, and during a pause after a failure, no other is taken: the
 * points of the grid that pass meanwhile are dropped and counted, so nothing piles up.
 *
 * @module
 */

import { type Clock, sleep } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";

import { decidePause } from "./decide_pause.ts";
import type { Readings } from "./host_readings.ts";
import type { Push, PushOutcome } from "./push.ts";

/** Options for {@linkcode runAgent}. */
export interface RunAgentOptions {
  /** Name of the service that the samples are of. */
  readonly service: string;
  /** The distance between samples, in milliseconds. */
  readonly intervalMs: number;
  /** Tells when the next sample is due. */
  readonly clock: Clock;
  /** What is measured. */
  readonly readings: Readings;
  /** Where it is sent. */
  readonly push: Push;
  /** Uniform in 0 to 1, 1 left out. */
  readonly random: () => number;
  /** Told when Vitals comes into reach, goes out of it, or refuses; not of each attempt. */
  readonly log: Log;
  /** Ends the loop, and the attempt under way. */
  readonly signal: AbortSignal;
}

/** What the agent has done. */
export interface AgentCounts {
  /** Samples that Vitals has. */
  readonly sent: number;
  /** Samples that were due and that Vitals has not. */
  readonly dropped: number;
}

/** Sends samples until the signal says stop; then resolves. Failures only make it try again. */
export async function runAgent(options: RunAgentOptions): Promise<AgentCounts> {
  const { clock, service, readings, push, random, signal } = options;
  const startMs = clock.monotonicMs();
  const ledger = new Ledger(options.log);
  let failures = 0;
  for (let tick = 0; !signal.aborted;) {
    const outcome = await push({ service, metrics: await readings.read() }, signal);
    if (signal.aborted) break;
    failures = outcome.kind === "accepted" ? 0 : failures + 1;
    const readyMs = clock.monotonicMs() - startMs + decidePause(outcome, { failures, random });
    const next = Math.max(tick + 1, Math.ceil(readyMs / options.intervalMs));
    ledger.enter(outcome, next - tick - 1);
    tick = next;
    await pauseUntil(startMs + tick * options.intervalMs, options);
  }
  return ledger.counts();
}

async function pauseUntil(
  atMs: number,
  { clock, signal }: Pick<RunAgentOptions, "clock" | "signal">,
): Promise<void> {
  try {
    await sleep(clock, atMs - clock.monotonicMs(), { signal });
  } catch {
    // Only the signal ends a sleep early, and the loop looks at it next.
  }
}

/** Counts samples, and logs when things change. */
class Ledger {
  readonly #log: Log;
  /** How the attempt before ended; text that differs between what is worth a line. */
  #before = "";
  #sent = 0;
  #dropped = 0;
  #droppedWhenLost = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  counts(): AgentCounts {
    return { sent: this.#sent, dropped: this.#dropped };
  }

  /** Takes note of an attempt, and of how many points of the grid will have passed before the next. */
  enter(outcome: PushOutcome, skipped: number): void {
    const now = outcome.kind === "refused" ? `refused ${outcome.status}` : outcome.kind;
    if (now !== this.#before) this.#logChange(outcome);
    this.#before = now;
    if (outcome.kind === "accepted") this.#sent++;
    else this.#dropped++;
    this.#dropped += skipped;
  }

  #logChange(outcome: PushOutcome): void {
    const wasGood = this.#before === "accepted";
    if (wasGood) this.#droppedWhenLost = this.#dropped;
    switch (outcome.kind) {
      case "accepted":
        return this.#log.info("connected", { dropped: this.#dropped - this.#droppedWhenLost });
      case "refused": {
        const { status, detail } = outcome;
        return this.#log.warn("refused, trying on", { status, detail });
      }
      case "unreachable":
        return this.#log.warn("unreachable, trying on", { reason: outcome.reason });
    }
  }
}
