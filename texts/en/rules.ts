/** Rules in words, and how a number stood to its limit. @module */

import { formatCount } from "./language.ts";

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a rule about a metric asks for. */
export interface ThresholdWords {
  readonly metric: string;
  /** Of how many samples the mean is looked at. */
  readonly mean: number;
  readonly isAbove: boolean;
  readonly limit: string;
  /** For how long; empty for at once. See `reasons.ts`. */
  readonly hold: string;
  readonly critical: string | null;
  readonly clear: string;
  /** How long it must stay good; `null` for at once. */
  readonly kept: string | null;
}

export function threshold(rule: ThresholdWords): string {
  const { metric, mean, isAbove, limit, hold, critical, clear, kept } = rule;
  const direction = isAbove ? "above" : "below";
  return upperFirst(metric) + (mean === 1 ? "" : ` (mean of ${formatCount(mean)} samples)`) +
    ` ${direction} ${limit}${hold}` +
    (critical === null ? "" : `; critical ${direction} ${critical}`) +
    `; resolves at ${clear} or ${isAbove ? "less" : "more"}` +
    (kept === null ? "" : `, after ${kept}`);
}

export function silence(limit: string, critical: string | null): string {
  return `No heartbeat for ${limit}${critical === null ? "" : `; critical after ${critical}`}`;
}

/** Behind what a missing heartbeat is. */
export const endsWithHeartbeat = "; resolves with the next heartbeat";

export function endsAfter(span: string): string {
  return `; resolves once heartbeats have come again for ${span}`;
}

export function every(span: string): string {
  return `every ${span}`;
}

/** When a job is late, and when it is missing; one of them may not be told. */
export function due(schedule: string, late: string | null, missing: string | null): string {
  const levels = [
    ...late === null ? [] : [`late after ${late}`],
    ...missing === null ? [] : [`missing after ${missing}`],
  ];
  return `Due ${schedule}: ${levels.join(", ")}`;
}

export function valueWas(metric: string, value: string, gap: string): string {
  return `${upperFirst(metric)} was ${value}: ${gap}.`;
}

export function meanWas(metric: string, mean: number, value: string, gap: string): string {
  return `The mean of the last ${formatCount(mean)} ${metric} samples was ${value}: ${gap}.`;
}

export const percentagePoints = "percentage points";

export function atLimit(limit: string): string {
  return `exactly the limit of ${limit}, which is still good`;
}

export function beside(gap: string, isAbove: boolean, limit: string): string {
  return `${gap} ${isAbove ? "above" : "below"} the limit of ${limit}`;
}

export function besideAndGood(gap: string, isAbove: boolean, limit: string): string {
  return `${beside(gap, isAbove, limit)}, which is good`;
}

export function silentWithin(silence: string, limit: string): string {
  return `${silence} without a heartbeat: within the limit of ${limit}.`;
}

export function silentBeyond(silence: string, limit: string): string {
  return `${silence} without a heartbeat: the limit is ${limit}.`;
}

export function silentNotLate(silence: string): string {
  return `${silence} without a heartbeat: it is not late.`;
}

export function silentAfterDue(silence: string, overdue: string): string {
  return `${silence} without a heartbeat: it was due ${overdue} before.`;
}
