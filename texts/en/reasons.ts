/** Why an alert is as it is. Numbers, limits and spans come with their units. @module */

import { formatCount } from "./language.ts";

export function breach(number: string, isAbove: boolean, limit: string): string {
  return `${number} ${isAbove ? "above" : "below"} ${limit}`;
}

/** A metric with its number; of a mean, of how many samples. */
export function numberOf(metric: string, value: string, mean: number): string {
  return `${meanOf(`${metric} ${value}`, mean)}`;
}

export function meanOf(what: string, mean: number): string {
  return mean === 1 ? what : `${what} (mean of ${formatCount(mean)})`;
}

export function noData(age: string, metric: string, last: string): string {
  return `no data for ${age}; last ${metric} ${last}`;
}

/** A breach was among the last samples, though the newest is none. */
export function inOtherSamples(
  number: string,
  { isAbove, limit, breaches, of }: {
    readonly isAbove: boolean;
    readonly limit: string;
    readonly breaches: number;
    readonly of: number;
  },
): string {
  const side = isAbove ? "above" : "below";
  return `${number}, but ${side} ${limit} in ${formatCount(breaches)} or more of the last ${
    formatCount(of)
  } samples`;
}

export function resolvesAt(number: string, clear: string, isAbove: boolean): string {
  return `${number}, resolves at ${clear} or ${isAbove ? "less" : "more"}`;
}

export function warningAt(number: string, clear: string, isAbove: boolean): string {
  return `${number}, a warning at ${clear} or ${isAbove ? "less" : "more"}`;
}

/** Behind a reason, while time alone is missing. */
export function calm(left: string): string {
  return `, resolves if it stays good for another ${left}`;
}

/** Behind a breach. */
export function heldFor(span: string): string {
  return ` for ${span}`;
}

export function heldOfSamples(breaches: number, of: number): string {
  return ` for ${formatCount(breaches)} of ${formatCount(of)} samples`;
}

/** More than one. */
export function heldSamples(breaches: number): string {
  return ` for ${formatCount(breaches)} samples`;
}

export function silentBeyond(silence: string, limit: string): string {
  return `no heartbeat for ${silence}, limit ${limit}`;
}

export function silentSinceDue(silence: string, overdue: string): string {
  return `no heartbeat for ${silence}, due ${overdue} ago`;
}

export function recovery(number: string, isAbove: boolean, limit: string): string {
  return `${number}, not ${isAbove ? "above" : "below"} ${limit}`;
}

export const heartbeat = "heartbeat received";

export function heartbeatsFor(span: string): string {
  return `heartbeats received for ${span}`;
}

export const acknowledged = "acknowledged";
export const unacknowledged = "unacknowledged";

export function levelChanged(rule: string, isCritical: boolean): string {
  return `rule ${rule} is ${isCritical ? "critical" : "a warning"} now: the configuration changed`;
}

export function ruleRemoved(rule: string): string {
  return `rule ${rule} no longer applies: the configuration changed`;
}
