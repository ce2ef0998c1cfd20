/**
 * Turns rules as the file has them into rules of the domain.
 *
 * @module
 */

import type { Metric } from "@/lib/domain/metric.ts";
import { quote } from "@/lib/domain/quote.ts";
import { type Hold, type Rule, samplesNeeded, type ThresholdRule } from "@/lib/domain/rule.ts";

import type { Path } from "./config_error.ts";
import type { MissingHeartbeatEntry, RuleEntry, ThresholdEntry } from "./entry_types.ts";
import { resolveDuration } from "./resolve_durations.ts";
import { HOLD_PATTERN, MAX_SAMPLES_NEEDED } from "./schema.ts";

/** Takes note of something that is wrong. */
export type Report = (path: Path, message: string) => void;

/** What a rule is resolved against. */
export interface RuleScope {
  /** Where the entry stands, for messages. */
  readonly path: Path;
  /** Metrics by id; `null` for one whose own entry is wrong. That the rest is unknown was reported. */
  readonly metrics: ReadonlyMap<string, Metric | null>;
  /** Where to say what is wrong. */
  readonly report: Report;
}

/** A shorter silence is only a slow network; a timer cannot run for longer than 2^31 milliseconds. */
const SILENCE_BOUNDS = { min: "100ms", max: "24d" } as const;

const HOLD_BOUNDS = { min: "1s", max: "24h" } as const;

/** Returns the rule that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveRule(entry: RuleEntry, scope: RuleScope): Rule | null {
  return "missingHeartbeat" in entry
    ? resolveMissingHeartbeat(entry, scope)
    : resolveThreshold(entry, scope);
}

function resolveMissingHeartbeat(entry: MissingHeartbeatEntry, scope: RuleScope): Rule | null {
  const { name, services, critical } = entry;
  const limitMs = resolveSpan("missingHeartbeat", entry.missingHeartbeat, scope);
  const criticalMs = critical === undefined ? null : resolveSpan("critical", critical, scope);
  const keepFiringForMs = resolveKeepFiring(entry, scope);
  if (limitMs === null || keepFiringForMs === null) return null;
  if (critical !== undefined && criticalMs === null) return null;
  if (criticalMs !== null && criticalMs <= limitMs) {
    const limit = quote(entry.missingHeartbeat);
    scope.report(
      [...scope.path, "critical"],
      `must be longer than "missingHeartbeat", ${limit}, got ${quote(critical)}`,
    );
    return null;
  }
  const { severity = criticalMs === null ? "critical" : "warning" } = entry;
  if (!checkLevels(severity, criticalMs, scope)) return null;
  return {
    ...{ kind: "missingHeartbeat", name, severity, limitMs, criticalMs, keepFiringForMs, services },
  };
}

function resolveSpan(key: string, text: string, { path, report }: RuleScope): number | null {
  return resolveDuration(text, SILENCE_BOUNDS, { path: [...path, key], report });
}

function resolveKeepFiring(
  { keepFiringFor }: Pick<RuleEntry, "keepFiringFor">,
  { path, report }: RuleScope,
): number | null {
  if (keepFiringFor === undefined) return 0;
  const place = { path: [...path, "keepFiringFor"], report };
  return resolveDuration(keepFiringFor, { min: "0s", max: "24h" }, place);
}

/** With a critical limit the other one is a warning, or there would be nothing to escalate. */
function checkLevels(
  severity: RuleEntry["severity"],
  critical: number | null,
  { path, report }: RuleScope,
): boolean {
  if (critical === null || severity === "warning") return true;
  report([...path, "severity"], 'must be "warning" where there is a "critical" limit');
  return false;
}

function resolveThreshold(entry: ThresholdEntry, scope: RuleScope): Rule | null {
  const { name, severity, mean, services, critical = null } = entry;
  const metric = scope.metrics.get(entry.metric) ?? null;
  const side = findSide(entry, scope);
  const hold = resolveHold(entry.for, scope);
  const clear = entry.clear ?? side?.limit;
  const fits = hold !== null && checkHold(entry, hold, scope);
  const keepFiringForMs = resolveKeepFiring(entry, scope);
  if (side === null || clear === undefined || !fits || keepFiringForMs === null) return null;
  if (metric === null || !checkLimits(metric, { ...side, clear }, scope)) return null;
  if (!checkCritical(metric, { ...side, critical }, scope)) return null;
  if (!checkLevels(severity, critical, scope)) return null;
  return {
    ...{ kind: "threshold", name, severity, metric, ...side, clear, critical, mean, hold },
    ...{ keepFiringForMs, services },
  };
}

type Side = Pick<ThresholdRule, "direction" | "limit">;

function findSide({ above, below }: ThresholdEntry, { path, report }: RuleScope): Side | null {
  if (above !== undefined && below === undefined) return { direction: "above", limit: above };
  if (below !== undefined && above === undefined) return { direction: "below", limit: below };
  report(
    path,
    `must have either "above" or "below", got ${above === undefined ? "neither" : "both"}`,
  );
  return null;
}

function resolveHold(text: string | number, { path, report }: RuleScope): Hold | null {
  if (typeof text === "number") return { kind: "samples", breaches: text, of: text };
  const [whole, breaches, of] = HOLD_PATTERN.exec(text) ?? [];
  if (whole !== undefined) return { kind: "samples", breaches: Number(breaches), of: Number(of) };
  const durationMs = resolveDuration(text, HOLD_BOUNDS, { path: [...path, "for"], report });
  return durationMs === null ? null : { kind: "duration", durationMs };
}

function checkHold(entry: ThresholdEntry, hold: Hold, { path, report }: RuleScope): boolean {
  if (hold.kind === "duration") return true;
  if (hold.breaches > hold.of) {
    report(
      [...path, "for"],
      `must not need more samples than it looks at, got ${quote(entry.for)}`,
    );
    return false;
  }
  const needed = samplesNeeded({ mean: entry.mean, hold });
  if (needed <= MAX_SAMPLES_NEEDED) return true;
  const what = entry.mean === 1 ? `"for"` : `"mean" and "for" together`;
  report(path, `${what} must need at most ${MAX_SAMPLES_NEEDED} samples, got ${needed}`);
  return false;
}

/** The critical limit lies beyond the other one, and where values can still be beyond it. */
function checkCritical(
  { id, min, max }: Metric,
  { direction, limit, critical }: Side & Pick<ThresholdRule, "critical">,
  { path, report }: RuleScope,
): boolean {
  const [low, high] = direction === "above" ? [limit, max] : [min, limit];
  if (critical === null || (critical > low && critical < high)) return true;
  const range =
    `above ${low} and below ${high}: worse than "${direction}" and in the range of ${id}`;
  report([...path, "critical"], `must be ${range}, got ${critical}`);
  return false;
}

function checkLimits(
  metric: Metric,
  { direction, limit, clear }: Side & Pick<ThresholdRule, "clear">,
  { path, report }: RuleScope,
): boolean {
  const isAbove = direction === "above";
  const { id, min, max } = metric;
  if (isAbove ? limit < min || limit >= max : limit <= min || limit > max) {
    const open = isAbove ? `at least ${min} and below ${max}` : `above ${min} and at most ${max}`;
    report([...path, direction], `must be ${open}, the range of ${id}, got ${limit}`);
    return false;
  }
  const [low, high] = isAbove ? [min, limit] : [limit, max];
  if (clear >= low && clear <= high) return true;
  const good = `on the good side of "${direction}": ${limit}`;
  report([...path, "clear"], `must be from ${low} to ${high}, ${good}, got ${clear}`);
  return false;
}
