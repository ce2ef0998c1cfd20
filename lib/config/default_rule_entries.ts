/**
 * The default rules as they would be written in the file, so that there is one list of them.
 *
 * @module
 */

import { DEFAULT_RULES, type Hold, type Rule } from "@/lib/domain/rule.ts";

import type { RuleEntry } from "./entry_types.ts";

/** The rules of a file that has no section `rules`. */
export const DEFAULT_RULE_ENTRIES: readonly RuleEntry[] = DEFAULT_RULES.map(toEntry);

function toEntry(rule: Rule): RuleEntry {
  const { name, severity, services } = rule;
  if (rule.kind === "missingHeartbeat") {
    return { name, missingHeartbeat: `${rule.limitMs / 1_000}s`, severity, services };
  }
  const { direction, limit, clear, mean, hold } = rule;
  return {
    name,
    metric: rule.metric.id,
    [direction]: limit,
    ...(clear === limit ? {} : { clear }),
    mean,
    for: formatHold(hold),
    severity,
    services,
  };
}

function formatHold(hold: Hold): number | string {
  if (hold.kind === "duration") return `${hold.durationMs}ms`;
  return hold.breaches === hold.of ? hold.of : `${hold.breaches} of ${hold.of}`;
}
