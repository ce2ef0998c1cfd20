/**
 * A plain reading of the default rules over a list of outcomes, one a second: enough to ask how a simulated
 * day looks, and independent of the engine that Vitals runs.
 *
 * @module
 */

import { DEFAULT_RULES, type Rule, type ThresholdRule } from "@/lib/domain/rule.ts";
import type { Outcome } from "@/simulators/model.ts";

/** One alert of a simulated stretch of time. */
export interface JudgedAlert {
  readonly rule: string;
  /** The step at which it fired. */
  readonly firedAt: number;
}

/** What the default rules make of a stretch of time. */
export interface Judgement {
  /** For each step the names of the rules that fire. */
  readonly firing: readonly (readonly string[])[];
  readonly alerts: readonly JudgedAlert[];
}

/** Returns what the default rules say to a service that did `outcomes`, one a second. */
export function judge(outcomes: readonly Outcome[]): Judgement {
  const firingByRule = DEFAULT_RULES.map((rule) => [rule.name, evaluate(rule, outcomes)] as const);
  const firing = outcomes.map((_, step) =>
    firingByRule.filter(([, fires]) => fires[step]).map(([name]) => name)
  );
  const alerts = firingByRule.flatMap(([rule, fires]) =>
    fires.flatMap((on, step) => on && !fires[step - 1] ? [{ rule, firedAt: step }] : [])
  );
  return { firing, alerts: alerts.sort((a, b) => a.firedAt - b.firedAt) };
}

function evaluate(rule: Rule, outcomes: readonly Outcome[]): boolean[] {
  switch (rule.kind) {
    case "threshold":
      return evaluateThreshold(rule, outcomes);
    case "missingHeartbeat":
      return evaluateSilence(rule.limitMs / 1_000, outcomes);
  }
}

function evaluateThreshold(rule: ThresholdRule, outcomes: readonly Outcome[]): boolean[] {
  const window: number[] = [];
  let inARow = 0;
  return outcomes.map((outcome) => {
    if (outcome.kind === "sample") {
      window.push(outcome.metrics[rule.metric.id] ?? 0);
      if (window.length > rule.mean) window.shift();
      const mean = window.reduce((sum, value) => sum + value, 0) / window.length;
      const counts = window.length === rule.mean && mean > rule.limit;
      inARow = counts ? inARow + 1 : 0;
    }
    return inARow >= breachesNeeded(rule);
  });
}

/** The limit is passed at the end of the step that is `limit` after the last sample. */
function evaluateSilence(limit: number, outcomes: readonly Outcome[]): boolean[] {
  let silent = 0;
  return outcomes.map((outcome) => {
    silent = outcome.kind === "sample" ? 0 : silent + 1;
    return silent >= limit;
  });
}

function breachesNeeded({ hold }: ThresholdRule): number {
  return hold.kind === "samples" ? hold.breaches : Infinity;
}
