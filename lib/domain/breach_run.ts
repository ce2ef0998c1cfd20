/**
 * The run of evaluations behind a rule that asks for a breach of some duration: all of them from the first
 * beyond the limit to the newest, thinned out when they are many.
 *
 * @module
 */

import { isBeyond, latestBreaches } from "./judgement.ts";
import type { ThresholdRule } from "./rule.ts";
import type { SeriesSample } from "./sample.ts";

/** How many evaluations are kept of a run. */
export const MAX_RUN = 60;

/**
 * Returns the run after a further evaluation: that one added if it is beyond the limit, else that one alone.
 * Thinning keeps the first and the newest, and of others those nearest to the limit: if all that is kept is
 * beyond a limit, all that was is, so the run still proves what it proved.
 *
 * @example
 * ```ts
 * import { extendRun } from "@/lib/domain/breach_run.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [rule] = DEFAULT_RULES;
 * if (rule?.kind === "threshold") {
 *   const run = extendRun(rule, [{ at: 1, value: 20 }], { at: 2, value: 99 });
 *   assertEquals(run, [{ at: 2, value: 99 }]);
 *   assertEquals(extendRun(rule, run, { at: 3, value: 91 }).length, 2);
 * }
 * ```
 */
export function extendRun(
  rule: ThresholdRule,
  run: readonly SeriesSample[],
  next: SeriesSample,
): readonly SeriesSample[] {
  if (!isBeyond(rule, next.value, rule.limit)) return [next];
  // All of it, unless the rule has got another limit meanwhile.
  const streak = latestBreaches(rule, run, rule.limit);
  return streak.length < MAX_RUN ? [...streak, next] : [...thin(rule, streak), next];
}

/** Drops the worse one of each pair between the first and the newest. */
function thin(rule: ThresholdRule, run: readonly SeriesSample[]): SeriesSample[] {
  const kept = run.slice(0, 1);
  for (let index = 1; index < run.length; index += 2) {
    const pair = run.slice(index, index + 2);
    kept.push(pair.reduce((a, b) => isBeyond(rule, a.value, b.value) ? b : a));
  }
  return kept;
}
