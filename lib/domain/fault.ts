/**
 * Faults by name: what a simulated service can be told to do wrong, as menus, the API and scenarios offer it.
 * What each does to a service is the simulators' matter.
 *
 * @module
 */

import * as words from "@/texts/faults.ts";

/** What goes wrong. */
export type FaultKind =
  | "cpu-spike"
  | "memory-leak"
  | "high-latency"
  | "error-burst"
  | "outage"
  | "crash"
  | "flapping"
  | "clock-skew"
  | "slow-network";

/** One kind in words. */
export interface FaultKindWords {
  /** Its name in a menu, such as `"CPU spike"`. */
  readonly label: string;
  /** What happens, to complete "the service …". */
  readonly what: string;
  /** Whether it knows degrees; else it is the same at any intensity. */
  readonly hasDegrees: boolean;
}

/** All kinds, in the order of menus. */
export const FAULT_WORDS: Readonly<Record<FaultKind, FaultKindWords>> = {
  "cpu-spike": { ...words.faultWords["cpu-spike"], hasDegrees: true },
  "memory-leak": { ...words.faultWords["memory-leak"], hasDegrees: true },
  "high-latency": { ...words.faultWords["high-latency"], hasDegrees: true },
  "error-burst": { ...words.faultWords["error-burst"], hasDegrees: true },
  "outage": { ...words.faultWords.outage, hasDegrees: false },
  "crash": { ...words.faultWords.crash, hasDegrees: false },
  "flapping": { ...words.faultWords.flapping, hasDegrees: true },
  "clock-skew": { ...words.faultWords["clock-skew"], hasDegrees: true },
  "slow-network": { ...words.faultWords["slow-network"], hasDegrees: true },
};

/** All kinds, in the order of menus. */
export const FAULT_KINDS: readonly FaultKind[] = Object.keys(FAULT_WORDS).filter(isFaultKind);

/** How many faults one service may have at a time. */
export const MAX_FAULTS = 16;

/** The shortest time that a fault may act, in milliseconds: a step of the simulators. */
export const MIN_FAULT_MS = 1_000;

/** The longest time that a fault may act, in milliseconds: a day. */
export const MAX_FAULT_MS = 86_400_000;

/** How strong a fault is, and how long it acts, in milliseconds, unless somebody says otherwise. */
export const DEFAULT_FAULT = { intensity: 0.8, durationMs: 30_000 } as const;

function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULT_WORDS, text);
}
