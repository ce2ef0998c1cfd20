/** Rules and services for tests of the domain. */

import { BUILT_IN_METRICS, type Metric } from "@/lib/domain/metric.ts";
import {
  ALL_SERVICES,
  DEFAULT_RULES,
  type MissingHeartbeatRule,
  type ThresholdRule,
} from "@/lib/domain/rule.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import {
  type ServiceEvent,
  type ServiceState,
  startService,
  step,
  type StepResult,
  type Transition,
} from "@/lib/domain/service.ts";

export function metric(id: string): Metric {
  const found = BUILT_IN_METRICS.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`Cannot find metric "${id}"`);
  return found;
}

/** A rule on CPU above 85 %, three in a row, unless told otherwise. */
export function threshold(change: Partial<ThresholdRule> = {}): ThresholdRule {
  return {
    kind: "threshold",
    name: "HIGH_CPU",
    severity: "warning",
    metric: metric("cpu"),
    direction: "above",
    limit: 85,
    clear: 85,
    critical: null,
    mean: 1,
    keepFiringForMs: 0,
    hold: { kind: "samples", breaches: 3, of: 3 },
    services: ALL_SERVICES,
    ...change,
  };
}

export function silence(change: Partial<MissingHeartbeatRule> = {}): MissingHeartbeatRule {
  return {
    kind: "missingHeartbeat",
    name: "SERVICE_DOWN",
    severity: "critical",
    limitMs: 5_000,
    criticalMs: null,
    keepFiringForMs: 0,
    services: ALL_SERVICES,
    ...change,
  };
}

/** An event with the instant at which it happens. */
export interface Timed {
  readonly now: Instant;
  readonly event: ServiceEvent;
}

/** A sample that arrives the moment it is taken. */
export function sampleAt(now: Instant, metrics: Readonly<Record<string, number>> = {}): Timed {
  return { now, event: { kind: "sample", sample: { service: "checkout", at: now, metrics } } };
}

/** Runs events, and every deadline between them at its very instant, as the shell does. */
export function run(events: readonly Timed[], rules = DEFAULT_RULES, until?: Instant): {
  readonly state: ServiceState;
  readonly transitions: readonly Transition[];
} {
  const transitions: Transition[] = [];
  let result: StepResult = step(startService("checkout", rules, 0), { kind: "deadline" }, 0);
  function take(event: ServiceEvent, now: Instant): void {
    result = step(result.state, event, now);
    transitions.push(...result.transitions);
  }
  function passDeadlines(to: Instant): void {
    while (result.deadline !== null && result.deadline <= to) {
      take({ kind: "deadline" }, result.deadline);
    }
  }
  for (const { now, event } of events) {
    passDeadlines(now - 1);
    take(event, now);
  }
  if (until !== undefined) passDeadlines(until);
  return { state: result.state, transitions };
}

/** Transitions as short text: `"12 HIGH_CPU firing"`, `"12 HEALTHY>DEGRADED"`, seconds first. */
export function summarise(transitions: readonly Transition[]): string[] {
  return transitions.map((each) =>
    each.kind === "status"
      ? `${each.at / 1_000} ${each.from}>${each.to}`
      : each.kind === "flapping"
      ? `${each.at / 1_000} ${each.rule} ${each.flapping ? "flapping" : "calm"}`
      : `${each.at / 1_000} ${each.rule.name} ${each.change}`
  );
}
