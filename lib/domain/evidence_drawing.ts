/**
 * The geometry of evidence: exactly the samples that a rule looked at, with the limits they were held against;
 * or the silence since the last heartbeat. Across, places are per cent of the drawing, so that it fits every
 * screen while its letters keep their size; down, they are pixels.
 *
 * @module
 */

import { formatLimit } from "./metric.ts";
import type { Instant } from "./instant.ts";
import { isBeyond, meanOf } from "./judgement.ts";
import type { MissingHeartbeatRule, Rule, ThresholdRule } from "./rule.ts";
import type { SeriesSample } from "./sample.ts";

/** Height of a drawing of samples, in pixels. */
export const EVIDENCE_HEIGHT = 190;

/** What was judged. */
export interface Evidence {
  /** The rule as it was. */
  readonly rule: Rule;
  /** Exactly the samples looked at, oldest first. */
  readonly evidence: readonly SeriesSample[];
  /** When it was judged. */
  readonly at: Instant;
}

/** A value on the drawing. */
export interface DrawnValue extends SeriesSample {
  /** From the left, in per cent. */
  readonly x: number;
  /** From the top, in pixels. */
  readonly y: number;
  /** `good`, beyond the limit, or beyond the critical one. */
  readonly level: "good" | "breach" | "critical";
  /** Whether there is room for its number. */
  readonly isLabelled: boolean;
}

/** A limit on the drawing. */
export interface DrawnLimit {
  /** `clear` is where a firing alert resolves. */
  readonly kind: "limit" | "critical" | "clear";
  /** The value, with its unit. */
  readonly text: string;
  /** From the top, in pixels. */
  readonly y: number;
  /** Where its text stands so that no two overlap, from the top, in pixels. */
  readonly textY: number;
}

/** Samples and limits. */
export interface SamplesDrawing {
  /** Tells drawings apart. */
  readonly kind: "samples";
  /** The samples, oldest first. */
  readonly samples: readonly DrawnValue[];
  /** The means that were held against the limit; empty if the samples themselves were. */
  readonly means: readonly DrawnValue[];
  /** The `d` of an SVG path through what was held against the limit, 100 wide. */
  readonly path: string;
  /** From the top down. */
  readonly limits: readonly DrawnLimit[];
}

/** A silence: from the last heartbeat to the judgement. */
export interface SilenceDrawing {
  /** Tells drawings apart. */
  readonly kind: "silence";
  /** When the last heartbeat came. */
  readonly lastAt: Instant;
  /** When the judgement was made. */
  readonly endAt: Instant;
  /** Where the silence begins, in per cent. */
  readonly startX: number;
  /** Where the silence ends, in per cent. */
  readonly endX: number;
  /** Where it is too long, in per cent. */
  readonly limitX: number;
  /** Where it is critical, in per cent; `null` if it never is. */
  readonly criticalX: number | null;
}

/** Any drawing. */
export type EvidenceDrawing = SamplesDrawing | SilenceDrawing;

/** Room at the left and right, in per cent, and at the top and bottom, in pixels. */
const MARGIN = { x: 8, y: 24 };

/** Numbers are this far apart at least, in per cent. */
const LABEL_GAP = 13;

/** Texts of limits are this far apart at least, in pixels. */
const LINE_GAP = 16;

/**
 * Draws evidence; `undefined` if there is none.
 *
 * @example
 * ```ts
 * import { drawEvidence } from "@/lib/domain/evidence_drawing.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [rule] = DEFAULT_RULES;
 * const evidence = [{ at: 0, value: 70 }, { at: 1_000, value: 91 }];
 * const drawing = rule && drawEvidence({ rule, evidence, at: 1_000 });
 * if (drawing?.kind === "samples") {
 *   assertEquals(drawing.samples.map(({ x, level }) => [x, level]), [[8, "good"], [92, "breach"]]);
 * }
 * ```
 */
export function drawEvidence({ rule, evidence, at }: Evidence): EvidenceDrawing | undefined {
  const last = evidence.at(-1);
  if (last === undefined) return undefined;
  switch (rule.kind) {
    case "threshold":
      return drawSamples(rule, evidence);
    case "missingHeartbeat":
      return drawSilence(rule, last.at, at);
  }
}

/**
 * Returns the numbers that a rule held against its limit, dated as the newest sample in each: the samples
 * themselves, or means of them. The run of a duration holds its means already.
 */
export function judgedValues(
  rule: ThresholdRule,
  evidence: readonly SeriesSample[],
): readonly SeriesSample[] {
  if (!judgesMeans(rule)) return evidence;
  return evidence.slice(rule.mean - 1).map(({ at }, index) => ({
    at,
    value: meanOf(evidence.slice(index, index + rule.mean)),
  }));
}

function judgesMeans(rule: ThresholdRule): boolean {
  return rule.mean > 1 && rule.hold.kind === "samples";
}

function drawSamples(rule: ThresholdRule, evidence: readonly SeriesSample[]): SamplesDrawing {
  const judged = judgedValues(rule, evidence);
  const limits = limitsOf(rule);
  const toX = scaleTime(evidence);
  const toY = scaleValues([...evidence, ...judged, ...limits].map(({ value }) => value));
  const draw = (value: SeriesSample) => ({
    ...value,
    x: round(toX(value.at)),
    y: round(toY(value.value)),
    level: levelOf(rule, value.value),
  });
  const marked = label(rule, judged.map(draw));
  return {
    kind: "samples",
    samples: judgesMeans(rule)
      ? evidence.map((sample) => ({ ...draw(sample), isLabelled: false }))
      : marked,
    means: judgesMeans(rule) ? marked : [],
    path: marked.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join(""),
    limits: spread(limits.map(({ kind, value }) => ({
      kind,
      text: formatLimit(rule.metric, value),
      y: round(toY(value)),
    }))),
  };
}

function limitsOf(
  { limit, critical, clear }: ThresholdRule,
): { readonly kind: DrawnLimit["kind"]; readonly value: number }[] {
  return [
    { kind: "limit", value: limit },
    ...(critical === null ? [] : [{ kind: "critical", value: critical } as const]),
    ...(clear === limit ? [] : [{ kind: "clear", value: clear } as const]),
  ];
}

function levelOf(rule: ThresholdRule, value: number): DrawnValue["level"] {
  if (rule.critical !== null && isBeyond(rule, value, rule.critical)) return "critical";
  return isBeyond(rule, value, rule.limit) ? "breach" : "good";
}

/** The newest number is always shown, then the worst, then what has room beside these. */
function label(
  rule: ThresholdRule,
  values: readonly Omit<DrawnValue, "isLabelled">[],
): DrawnValue[] {
  const sign = rule.direction === "above" ? -1 : 1;
  const worst = values.toSorted((a, b) => sign * (a.value - b.value))[0];
  const shown: number[] = [];
  const take = (x: number | undefined) => {
    if (x !== undefined && shown.every((other) => Math.abs(other - x) >= LABEL_GAP)) shown.push(x);
  };
  take(values.at(-1)?.x);
  take(worst?.x);
  for (const { x } of values) take(x);
  return values.map((value) => ({ ...value, isLabelled: shown.includes(value.x) }));
}

function scaleTime(samples: readonly SeriesSample[]): (at: Instant) => number {
  const from = samples[0]?.at ?? 0;
  const span = (samples.at(-1)?.at ?? 0) - from;
  if (span === 0) return () => 50;
  return (at) => MARGIN.x + (at - from) / span * (100 - 2 * MARGIN.x);
}

function scaleValues(values: readonly number[]): (value: number) => number {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  return (value) =>
    EVIDENCE_HEIGHT - MARGIN.y - (value - low) / span * (EVIDENCE_HEIGHT - 2 * MARGIN.y);
}

/** Moves texts down until they are apart. There are three at most, so they stay on the drawing. */
function spread(limits: readonly Omit<DrawnLimit, "textY">[]): DrawnLimit[] {
  let free = -Infinity;
  return limits.toSorted((a, b) => a.y - b.y).map((line) => {
    const textY = Math.max(line.y, free);
    free = textY + LINE_GAP;
    return { ...line, textY };
  });
}

function drawSilence(rule: MissingHeartbeatRule, lastAt: Instant, at: Instant): SilenceDrawing {
  const endAt = Math.max(at, lastAt);
  const { limitMs, criticalMs } = rule;
  const shownMs = Math.max(endAt - lastAt, limitMs, criticalMs ?? 0);
  const toX = (ms: number) => round(MARGIN.x + ms / shownMs * (100 - 2 * MARGIN.x));
  return {
    kind: "silence",
    lastAt,
    endAt,
    startX: MARGIN.x,
    endX: toX(endAt - lastAt),
    limitX: toX(limitMs),
    criticalX: criticalMs === null ? null : toX(criticalMs),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
