/**
 * Rules about silence as they hold for what cannot be heard of all the time.
 *
 * @module
 */

import type { Rule } from "./rule.ts";

/**
 * Returns a rule as it holds for what may be silent for so long, in milliseconds: a source that looks once a
 * minute cannot be heard of every five seconds. A second, longer silence moves along.
 */
export function allowSilence(rule: Rule, silenceMs: number): Rule {
  if (rule.kind !== "missingHeartbeat") return rule;
  const addedMs = Math.max(0, silenceMs - rule.limitMs);
  const criticalMs = rule.criticalMs === null ? null : rule.criticalMs + addedMs;
  return { ...rule, limitMs: rule.limitMs + addedMs, criticalMs };
}
