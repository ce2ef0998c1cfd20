/**
 * Merges what a service says differently about a rule into that rule's entry.
 *
 * @module
 */

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
  const { missingHeartbeat = entry.missingHeartbeat, severity = entry.severity, ...foreign } =
    changes;
  const keys = Object.keys(foreign);
  for (const key of keys) {
    report([...path, key], `does not fit: ${entry.name} is a missing-heartbeat rule`);
  }
  return keys.length > 0 ? null : { ...entry, missingHeartbeat, severity };
}

function mergeThreshold(
  entry: ThresholdEntry,
  changes: RuleChanges,
  scope: RuleScope,
): RuleEntry | null {
  const { missingHeartbeat, mean = entry.mean, severity = entry.severity, ...others } = changes;
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
  if (!clearStaysGood(entry, changes, scope)) return null;
  return { ...entry, ...others, for: others.for ?? entry.for, mean, severity };
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
