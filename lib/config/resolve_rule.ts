/**
 * Turns rules as the file has them into rules of the domain.
 *
 * @module
 */

import { parseDuration } from "@/lib/domain/instant.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import { quote } from "@/lib/domain/quote.ts";
import {
  type HoldSamples,
  type Rule,
  samplesNeeded,
  type ThresholdRule,
} from "@/lib/domain/rule.ts";

import type { Path } from "./config_error.ts";
import type { MissingHeartbeatEntry, RuleEntry, ThresholdEntry } from "./entry_types.ts";
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
const HEARTBEAT_LIMIT_MS = { min: 100, max: 24 * 86_400_000 } as const;

/** Returns the rule that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveRule(entry: RuleEntry, scope: RuleScope): Rule | null {
  return "missingHeartbeat" in entry
    ? resolveMissingHeartbeat(entry, scope)
    : resolveThreshold(entry, scope);
}

function resolveMissingHeartbeat(entry: MissingHeartbeatEntry, scope: RuleScope): Rule | null {
  const { name, severity, services } = entry;
  const limitMs = Math.round(
    Number.parseFloat(entry.missingHeartbeat) > 0 ? parseDuration(entry.missingHeartbeat) : 0,
  );
  if (limitMs < HEARTBEAT_LIMIT_MS.min || limitMs > HEARTBEAT_LIMIT_MS.max) {
    const found = quote(entry.missingHeartbeat);
    scope.report([...scope.path, "missingHeartbeat"], `must be from 100ms to 24d, got ${found}`);
    return null;
  }
  return {
    ...{ kind: "missingHeartbeat", name, severity, limitMs, criticalMs: null },
    ...{ keepFiringForMs: 0, services },
  };
}

function resolveThreshold(entry: ThresholdEntry, scope: RuleScope): Rule | null {
  const { name, severity, mean, services } = entry;
  const metric = scope.metrics.get(entry.metric) ?? null;
  const side = findSide(entry, scope);
  const hold = parseHold(entry.for);
  const clear = entry.clear ?? side?.limit;
  const fits = checkHold(entry, hold, scope);
  if (side === null || clear === undefined) return null;
  if (metric === null || !checkLimits(metric, { ...side, clear }, scope) || !fits) return null;
  return {
    ...{ kind: "threshold", name, severity, metric, ...side, clear, critical: null, mean, hold },
    ...{ keepFiringForMs: 0, services },
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

function parseHold(text: string | number): HoldSamples {
  if (typeof text === "number") return { kind: "samples", breaches: text, of: text };
  const [, breaches, of] = HOLD_PATTERN.exec(text) ?? [];
  return { kind: "samples", breaches: Number(breaches), of: Number(of) };
}

function checkHold(entry: ThresholdEntry, hold: HoldSamples, { path, report }: RuleScope): boolean {
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
