/**
 * Turns facts about the monitor into its health. Pure: what is looked at is handed in.
 *
 * @module
 */

import type { Status } from "@/lib/domain/status.ts";
import type { Health, HealthCheck, HealthStatus } from "@/lib/protocol/health.ts";
import type { ReceiverView, WorkerView } from "@/lib/protocol/views.ts";

/** An event loop later than this is worth a warning, in milliseconds. */
export const SLOW_LOOP_MS = 250;

/** How keeping everything goes. */
export interface HistoryFacts {
  /** Why nothing can be written, in words; `null` if it can. */
  readonly problem: string | null;
  /** Samples that wait to be written. */
  readonly waitingSamples: number;
  /** Samples that were lost since the start. */
  readonly lostSamples: number;
}

/** What is known about the monitor. */
export interface MonitorFacts {
  /** Version of Vitals. */
  readonly version: string;
  /** Time since the start, in milliseconds. */
  readonly uptimeMs: number;
  /** Whether the monitor was started and not stopped. */
  readonly running: boolean;
  /** Samples per second over the last ten seconds. */
  readonly samplesPerSecond: number;
  /** Workers of simulated services by service. */
  readonly workers: ReadonlyMap<string, WorkerView>;
  /** Longest delay of the event loop lately, in milliseconds. */
  readonly loopDelayMs: number;
  /** Who is told. */
  readonly receivers: readonly ReceiverView[];
  /** How keeping everything goes; `null` if nothing is kept. */
  readonly history: HistoryFacts | null;
  /** What is wrong with the configuration file, in words; `null` if nothing. */
  readonly configProblem: string | null;
  /** How many services have each status. */
  readonly statusCounts: Readonly<Record<Status, number>>;
}

/** Returns the health that follows from the facts; its status is that of the worst check. */
export function assessHealth(facts: MonitorFacts): Health {
  const checks = {
    collector: checkCollector(facts),
    workers: checkWorkers(facts),
    eventLoop: checkEventLoop(facts),
    receivers: checkReceivers(facts),
    ...facts.history === null ? {} : { history: checkHistory(facts.history) },
    config: checkConfig(facts),
  };
  const { HEALTHY, DEGRADED, DOWN, UNKNOWN } = facts.statusCounts;
  return {
    status: worst(Object.values(checks).map((check) => check.status)),
    version: facts.version,
    uptimeMs: Math.round(facts.uptimeMs),
    checks,
    services: { healthy: HEALTHY, degraded: DEGRADED, down: DOWN, unknown: UNKNOWN },
  };
}

function checkCollector({ running, samplesPerSecond }: MonitorFacts): HealthCheck {
  const seen = { observedValue: samplesPerSecond, observedUnit: "samples/s" };
  return running
    ? { status: "pass", ...seen }
    : { status: "fail", ...seen, output: "the collector is stopped" };
}

function checkWorkers({ workers }: MonitorFacts): HealthCheck {
  const away = [...workers].filter(([, worker]) => worker.state === "restarting");
  const seen = { observedValue: workers.size - away.length, observedUnit: "workers running" };
  if (away.length === 0) return { status: "pass", ...seen };
  const reasons = away.map(([service, { reason }]) => `${service}: ${reason ?? "no reason known"}`);
  return { status: "warn", ...seen, output: `restarting ${reasons.join("; ")}` };
}

function checkEventLoop({ loopDelayMs }: MonitorFacts): HealthCheck {
  const seen = { observedValue: Math.round(loopDelayMs * 10) / 10, observedUnit: "ms" };
  if (loopDelayMs < SLOW_LOOP_MS) return { status: "pass", ...seen };
  return { status: "warn", ...seen, output: `the event loop was late, limit ${SLOW_LOOP_MS} ms` };
}

function checkReceivers({ receivers }: MonitorFacts): HealthCheck {
  const failing = receivers.filter(({ state }) => state === "failing");
  const queued = receivers.reduce((sum, receiver) => sum + receiver.queued, 0);
  const seen = { observedValue: queued, observedUnit: "notifications waiting" };
  if (failing.length === 0) return { status: "pass", ...seen };
  const reasons = failing.map(({ name, failure }) => `${name}: ${failure ?? "no reason known"}`);
  return { status: "warn", ...seen, output: `not delivered by ${reasons.join("; ")}` };
}

function checkHistory({ problem, waitingSamples, lostSamples }: HistoryFacts): HealthCheck {
  const seen = { observedValue: waitingSamples, observedUnit: "samples waiting" };
  const lost = lostSamples === 0 ? "" : `; ${lostSamples} samples were lost`;
  if (problem === null) return { status: "pass", ...seen };
  const output = `Vitals goes on from memory, nothing is kept for now: ${problem}${lost}`;
  return { status: "warn", ...seen, output };
}

function checkConfig({ configProblem }: MonitorFacts): HealthCheck {
  if (configProblem === null) return { status: "pass" };
  return { status: "warn", output: configProblem };
}

function worst(statuses: readonly HealthStatus[]): HealthStatus {
  if (statuses.includes("fail")) return "fail";
  return statuses.includes("warn") ? "warn" : "pass";
}
