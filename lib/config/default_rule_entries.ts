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
    const { limitMs, criticalMs, keepFiringForMs } = rule;
    return {
      ...{ name, missingHeartbeat: `${limitMs / 1_000}s`, severity, services },
      ...(criticalMs === null ? {} : { critical: `${criticalMs / 1_000}s` }),
      ...(keepFiringForMs === 0 ? {} : { keepFiringFor: `${keepFiringForMs / 1_000}s` }),
    };
  }
  const { direction, limit, clear, critical, mean, hold, keepFiringForMs } = rule;
  return {
    name,
    metric: rule.metric.id,
    [direction]: limit,
    ...(clear === limit ? {} : { clear }),
    ...(critical === null ? {} : { critical }),
    ...(keepFiringForMs === 0 ? {} : { keepFiringFor: `${keepFiringForMs / 1_000}s` }),
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
