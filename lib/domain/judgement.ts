/**
 * Judging: what a rule says about given evidence. The same function decides live, in a replay, and when
 * someone asks afterwards why.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
import type {
  HoldDuration,
  HoldSamples,
  MissingHeartbeatRule,
  Rule,
  ThresholdRule,
} from "./rule.ts";
import type { SeriesSample } from "./sample.ts";

/** When something is judged. */
export interface Moment {
  /** The instant of the judgement, by our clock. */
  readonly now: Instant;
  /** When the newest of the evidence arrived, by our clock: `now`, unless time alone has passed since. */
  readonly seenAt: Instant;
}

/** What was found about a second, worse limit. */
export interface CriticalJudgement {
  /** That limit. */
  readonly limit: number;
  /** Whether it was exceeded for long enough. */
  readonly enough: boolean;
  /** Whether the newest evaluation is good enough for a warning again. */
  readonly cleared: boolean;
}

/** What a rule found. */
export interface Judgement {
  /** The number computed, in `unit`: a value, a mean, or seconds of silence. */
  readonly value: number;
  /** The limit it was held against. */
  readonly limit: number;
  /** Unit of both. */
  readonly unit: string;
  /** Whether the newest evaluation is beyond the limit. */
  readonly breached: boolean;
  /** Whether the newest evaluation is good enough to resolve a firing alert. */
  readonly cleared: boolean;
  /**
   * How far the breach is on its way to `needed`: evaluations in a row, evaluations among the last M of
   * "N of M", or milliseconds.
   */
  readonly held: number;
  /** How much of that lets the alert fire. */
  readonly needed: number;
  /** Whether the alert is to fire. */
  readonly enough: boolean;
  /** The same for the critical limit; `null` if the rule has none. */
  readonly critical: CriticalJudgement | null;
  /**
   * Exactly the samples looked at, oldest first. Of a rule whose hold is a duration they are its evaluations:
   * values, or means where it looks at means.
   */
  readonly evidence: readonly SeriesSample[];
}

/**
 * Returns what the rule says about the evidence: for a threshold the newest samples of the series, oldest
 * first, or the run of its evaluations (see `breach_run.ts`) if its hold is a duration; for a missing
 * heartbeat one sample at the last sign of life. `undefined` while there are too few samples for the rule's
 * mean.
 *
 * @example
 * ```ts
 * import { judge } from "@/lib/domain/judgement.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const highCpu = DEFAULT_RULES.find((rule) => rule.name === "HIGH_CPU");
 * if (highCpu) {
 *   const evidence = [70, 91, 93].map((value, at) => ({ at, value }));
 *   const found = judge(highCpu, evidence, { now: 2, seenAt: 2 });
 *   assertEquals([found?.value, found?.breached, found?.held], [93, true, 2]);
 * }
 * ```
 */
export function judge(
  rule: Rule,
  evidence: readonly SeriesSample[],
  moment: Moment,
): Judgement | undefined {
  switch (rule.kind) {
    case "threshold":
      return rule.hold.kind === "samples"
        ? judgeSamples(rule, rule.hold, evidence)
        : judgeRun(rule, rule.hold, { run: evidence, moment });
    case "missingHeartbeat":
      return judgeSilence(rule, evidence, moment.now);
  }
}

/** Tells whether a number is on the bad side of a limit. The limit itself is good. */
export function isBeyond(
  { direction }: Pick<ThresholdRule, "direction">,
  value: number,
  limit: number,
): boolean {
  return direction === "above" ? value > limit : value < limit;
}

/**
 * Returns the value at which a critical alert may become a warning again: as far from the critical limit as
 * `clear` is from the limit, so that both levels have the same hysteresis.
 */
export function criticalClear({ critical, limit, clear }: ThresholdRule): number | null {
  return critical === null ? null : critical - (limit - clear);
}

function judgeSamples(
  rule: ThresholdRule,
  hold: HoldSamples,
  samples: readonly SeriesSample[],
): Judgement | undefined {
  const numbers = latestMeans(rule.mean, hold, samples);
  const value = numbers.at(-1);
  if (value === undefined) return undefined;
  const held = countBreaches(numbers.map((number) => isBeyond(rule, number, rule.limit)), hold);
  return {
    ...judgeNumber(rule, value),
    held,
    needed: hold.breaches,
    enough: held >= hold.breaches,
    critical: judgeCritical(rule, value, (limit) => {
      const verdicts = numbers.map((number) => isBeyond(rule, number, limit));
      return countBreaches(verdicts, hold) >= hold.breaches;
    }),
    evidence: samples.slice(-(numbers.length + rule.mean - 1)),
  };
}

/** What follows from the newest evaluation alone. */
function judgeNumber(
  rule: ThresholdRule,
  value: number,
): Pick<Judgement, "value" | "limit" | "unit" | "breached" | "cleared"> {
  return {
    value,
    limit: rule.limit,
    unit: rule.metric.unit,
    breached: isBeyond(rule, value, rule.limit),
    cleared: !isBeyond(rule, value, rule.clear),
  };
}

function judgeCritical(
  rule: ThresholdRule,
  value: number,
  isEnough: (limit: number) => boolean,
): CriticalJudgement | null {
  const clear = criticalClear(rule);
  if (rule.critical === null || clear === null) return null;
  return {
    limit: rule.critical,
    enough: isEnough(rule.critical),
    cleared: !isBeyond(rule, value, clear),
  };
}

/** Returns the last `hold.of` means, oldest first; fewer when there are not enough samples. */
function latestMeans(
  mean: number,
  hold: HoldSamples,
  samples: readonly SeriesSample[],
): number[] {
  const possible = Math.max(0, samples.length - mean + 1);
  const count = Math.min(hold.of, possible);
  return Array.from({ length: count }, (_, index) => {
    const end = samples.length - count + index + 1;
    return meanOf(samples.slice(end - mean, end));
  });
}

/** Returns the mean of the values of some samples, at least one. */
export function meanOf(samples: readonly SeriesSample[]): number {
  return samples.reduce((sum, sample) => sum + sample.value, 0) / samples.length;
}

function countBreaches(verdicts: readonly boolean[], hold: HoldSamples): number {
  if (hold.of > hold.breaches) return verdicts.filter(Boolean).length;
  return verdicts.length - 1 - verdicts.lastIndexOf(false);
}

interface RunAt {
  readonly run: readonly SeriesSample[];
  readonly moment: Moment;
}

/** One sample alone proves no duration, however long ago it was. */
const PROOF_SAMPLES = 2;

function judgeRun(
  rule: ThresholdRule,
  { durationMs }: HoldDuration,
  { run, moment }: RunAt,
): Judgement | undefined {
  const last = run.at(-1);
  if (last === undefined) return undefined;
  const streak = latestBreaches(rule, run, rule.limit);
  return {
    ...judgeNumber(rule, last.value),
    held: heldMs(streak, moment),
    needed: durationMs,
    enough: lastsFor(durationMs, streak, moment),
    critical: judgeCritical(
      rule,
      last.value,
      (limit) => lastsFor(durationMs, latestBreaches(rule, run, limit), moment),
    ),
    evidence: streak.length === 0 ? [last] : streak,
  };
}

/** Returns the evaluations up to the newest that are all beyond a limit; none if the newest is not. */
export function latestBreaches(
  rule: ThresholdRule,
  run: readonly SeriesSample[],
  limit: number,
): readonly SeriesSample[] {
  return run.slice(run.findLastIndex(({ value }) => !isBeyond(rule, value, limit)) + 1);
}

/** By the sender's clock from the first to the newest, and by ours since that arrived. */
function heldMs(streak: readonly SeriesSample[], { now, seenAt }: Moment): number {
  const [first] = streak;
  const last = streak.at(-1);
  if (first === undefined || last === undefined) return 0;
  return last.at - first.at + Math.max(0, now - seenAt);
}

/** A sample is overdue after so many of the usual intervals. */
const OVERDUE_INTERVALS = 1.5;

/**
 * Samples prove it by themselves. Time alone completes it only once the next sample is overdue: until then
 * that sample is to decide, not the race between it and a timer.
 */
function lastsFor(durationMs: number, streak: readonly SeriesSample[], moment: Moment): boolean {
  if (streak.length < PROOF_SAMPLES || heldMs(streak, moment) < durationMs) return false;
  const elapsedMs = Math.max(0, moment.now - moment.seenAt);
  return heldMs(streak, moment) - elapsedMs >= durationMs || elapsedMs >= overdueMs(streak);
}

function overdueMs(streak: readonly SeriesSample[]): number {
  const at = streak[0]?.at ?? 0;
  const intervalMs = ((streak.at(-1)?.at ?? at) - at) / (streak.length - 1);
  return OVERDUE_INTERVALS * intervalMs;
}

/**
 * Returns when a breach will have lasted for `durationMs` if it goes on; `null` while one sample alone speaks
 * for it.
 */
export function lastsAt(
  durationMs: number,
  streak: readonly SeriesSample[],
  seenAt: Instant,
): Instant | null {
  if (streak.length < PROOF_SAMPLES) return null;
  return seenAt + durationMs - heldMs(streak, { now: seenAt, seenAt });
}

/** Returns when time alone completes it, should no sample come any more; `null` while one sample speaks for it. */
export function completesAt(
  durationMs: number,
  streak: readonly SeriesSample[],
  seenAt: Instant,
): Instant | null {
  const at = lastsAt(durationMs, streak, seenAt);
  return at === null ? null : Math.max(at, Math.ceil(seenAt + overdueMs(streak)));
}

function judgeSilence(
  rule: MissingHeartbeatRule,
  evidence: readonly SeriesSample[],
  at: Instant,
): Judgement | undefined {
  const sign = evidence.at(-1);
  if (sign === undefined) return undefined;
  const silentMs = Math.max(0, at - sign.at);
  const breached = silentMs >= rule.limitMs;
  const isCritical = rule.criticalMs !== null && silentMs >= rule.criticalMs;
  return {
    value: silentMs / 1_000,
    limit: rule.limitMs / 1_000,
    unit: "s",
    breached,
    cleared: !breached,
    held: breached ? 1 : 0,
    needed: 1,
    enough: breached,
    critical: rule.criticalMs === null
      ? null
      : { limit: rule.criticalMs / 1_000, enough: isCritical, cleared: !isCritical },
    evidence: [{ at: sign.at, value: silentMs / 1_000 }],
  };
}
