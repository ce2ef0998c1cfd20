/**
 * Merges what a service says differently about a rule into that rule's entry.
 *
 * @module
 */

import { quote } from "@/lib/domain/quote.ts";

import type {
  MissingHeartbeatEntry,
  RuleChanges,
  RuleEntry,
  ThresholdEntry,
} from "./entry_types.ts";
import type { RuleScope } from "./resolve_rule.ts";

/** A rule, and what a service says differently about it. */
export interface Override {
  /** The rule. */
  readonly entry: RuleEntry;
  /** What is different. */
  readonly changes: RuleChanges;
}

/**
 * Returns the entry with the changes merged in; `null`, with the reason reported, if they do not fit that
 * kind of rule. Where the limit moves, a `clear` of the rule itself stays if it is still on the good side.
 */
export function mergeOverride({ entry, changes }: Override, scope: RuleScope): RuleEntry | null {
  return "missingHeartbeat" in entry
    ? mergeMissingHeartbeat(entry, changes, scope)
    : mergeThreshold(entry, changes, scope);
}

function mergeMissingHeartbeat(
  entry: MissingHeartbeatEntry,
  changes: RuleChanges,
  { path, report }: RuleScope,
): RuleEntry | null {
  const {
    missingHeartbeat = entry.missingHeartbeat,
    critical = entry.critical,
    keepFiringFor = entry.keepFiringFor,
    ...others
  } = changes;
  const { severity = severityBeside(critical, entry.severity), ...foreign } = others;
  const keys = Object.keys(foreign);
  for (const key of keys) {
    report([...path, key], `does not fit: ${entry.name} is a missing-heartbeat rule`);
  }
  if (typeof critical === "number") {
    report([...path, "critical"], `must be a duration such as "30s", got ${critical}`);
    return null;
  }
  if (keys.length > 0) return null;
  return { ...entry, missingHeartbeat, critical: critical || undefined, keepFiringFor, severity };
}

/** A rule that gets a critical silence and says nothing of its severity is a warning before that. */
function severityBeside(
  critical: RuleChanges["critical"],
  severity: MissingHeartbeatEntry["severity"],
): MissingHeartbeatEntry["severity"] {
  return critical ? "warning" : severity;
}

function mergeThreshold(
  entry: ThresholdEntry,
  changes: RuleChanges,
  scope: RuleScope,
): RuleEntry | null {
  const { missingHeartbeat, mean = entry.mean, severity = entry.severity, ...rest } = changes;
  const { critical = entry.critical, ...others } = rest;
  const { path, report } = scope;
  if (missingHeartbeat !== undefined) {
    report([...path, "missingHeartbeat"], `does not fit: ${entry.name} is a threshold rule`);
    return null;
  }
  const [side, otherSide] = entry.above === undefined ? SIDES.below : SIDES.above;
  if (others[otherSide] !== undefined) {
    report([...path, otherSide], `does not fit: ${entry.name} has "${side}"`);
    return null;
  }
  if (typeof critical === "string") {
    report([...path, "critical"], `must be a number, got ${quote(critical)}`);
    return null;
  }
  if (!clearStaysGood(entry, changes, scope)) return null;
  const hold = { for: others.for ?? entry.for };
  const second = { critical: critical === false ? undefined : critical };
  return { ...entry, ...others, ...hold, ...second, mean, severity };
}

const SIDES = { above: ["above", "below"], below: ["below", "above"] } as const;

/** Without a `clear` anywhere, the new limit is the new `clear`. */
function clearStaysGood(
  { above, clear }: ThresholdEntry,
  changes: RuleChanges,
  { path, report }: RuleScope,
): boolean {
  if (clear === undefined || changes.clear !== undefined) return true;
  const side = above === undefined ? "below" : "above";
  const limit = changes[side];
  if (limit === undefined || (side === "above" ? clear <= limit : clear >= limit)) return true;
  const why = `the rule's own ${clear} is on the bad side of "${side}": ${limit}`;
  report([...path, "clear"], `is missing; ${why}`);
  return false;
}
