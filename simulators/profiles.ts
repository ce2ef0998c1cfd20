/**
 * Profiles: what kind of service is simulated. Data only; `docs/simulators.md` says how to add one.
 *
 * @module
 */

import type { FaultKind } from "@/lib/domain/fault.ts";

/** A range, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What may happen by itself in one slot of time. */
export type Card =
  | { readonly kind: "calm" }
  | {
    readonly kind: "trouble";
    readonly fault: FaultKind;
    readonly intensity: Range;
    /** How long it lasts, in whole seconds; below the length of a slot. */
    readonly seconds: Range;
  };

/** Describes one kind of service. */
export interface Profile {
  /** One sentence for people. */
  readonly about: string;
  /** CPU in per cent: its usual level, and how far each influence moves it up and down. */
  readonly cpu: {
    readonly base: number;
    /** Over a day. */
    readonly daily: number;
    /** Over minutes. */
    readonly wave: number;
    /** Over seconds. */
    readonly noise: number;
  };
  /** The hour of the day (UTC, 0 to 24) at which the daily wave is highest. */
  readonly peakHour: number;
  /** Memory in per cent: its usual level and the height of the garbage collector's saw teeth. */
  readonly memory: { readonly base: number; readonly sawtooth: number };
  readonly latency: {
    /** Milliseconds of own work for a request when nothing waits; grows as queues do. */
    readonly work: number;
    /** Milliseconds spent waiting for others, whatever the load. */
    readonly away: number;
  };
  /** Requests that fail anyway, in per cent. */
  readonly errorRate: number;
  /** What happens by itself: one card a slot, reshuffled when all were dealt. */
  readonly deck: readonly Card[];
}

const CALM: Card = { kind: "calm" };
const CPU_SPIKE = trouble("cpu-spike", [0.75, 0.95], [16, 28]);
const LEAK = trouble("memory-leak", [0.55, 0.9], [60, 84]);
const SLOW = trouble("high-latency", [0.35, 0.6], [18, 30]);
const ERRORS = trouble("error-burst", [0.25, 0.6], [14, 26]);
/** Too short for SERVICE_DOWN with its limit of 5 s. */
const MISSED_BEATS = trouble("outage", [1, 1], [1, 3]);
const OUTAGE = trouble("outage", [1, 1], [7, 9]);

/** The profiles by name. */
export const PROFILES: Readonly<Record<string, Profile>> = {
  api: {
    about: "A busy request handler: quick answers, CPU follows the crowd.",
    cpu: { base: 36, daily: 12, wave: 5, noise: 7 },
    peakHour: 14,
    memory: { base: 48, sawtooth: 3 },
    latency: { work: 22, away: 8 },
    errorRate: 0.2,
    deck: [CPU_SPIKE, ERRORS, MISSED_BEATS, SLOW, CPU_SPIKE, CALM, LEAK, CPU_SPIKE],
  },
  payments: {
    about: "Waits for a bank most of the time: little CPU, long answers, shaky links.",
    cpu: { base: 27, daily: 9, wave: 4, noise: 6 },
    peakHour: 18,
    memory: { base: 55, sawtooth: 2 },
    latency: { work: 34, away: 70 },
    errorRate: 0.5,
    deck: [SLOW, ERRORS, CALM, SLOW, OUTAGE, ERRORS, MISSED_BEATS, CPU_SPIKE],
  },
  analytics: {
    about: "Crunches reports: high and uneven CPU, large heap, slow by nature.",
    cpu: { base: 47, daily: 7, wave: 7, noise: 8 },
    peakHour: 8,
    memory: { base: 64, sawtooth: 5 },
    latency: { work: 45, away: 100 },
    errorRate: 0.3,
    deck: [CPU_SPIKE, LEAK, CPU_SPIKE, CALM, LEAK, SLOW, MISSED_BEATS],
  },
  inventory: {
    about: "A small store behind a cache: calm, but its network is the worst of the four.",
    cpu: { base: 30, daily: 8, wave: 5, noise: 6 },
    peakHour: 11,
    memory: { base: 52, sawtooth: 2 },
    latency: { work: 16, away: 25 },
    errorRate: 0.3,
    deck: [MISSED_BEATS, CPU_SPIKE, OUTAGE, ERRORS, CALM, LEAK, MISSED_BEATS, SLOW, ERRORS],
  },
};

/**
 * Returns the profile of that name.
 *
 * @throws {RangeError} If there is none.
 */
export function profileNamed(name: string): Profile {
  const profile = Object.hasOwn(PROFILES, name) ? PROFILES[name] : undefined;
  if (profile === undefined) {
    const known = Object.keys(PROFILES).map((each) => `"${each}"`).join(", ");
    throw new RangeError(`Cannot simulate profile "${name}": expected one of ${known}`);
  }
  return profile;
}

function trouble(
  fault: FaultKind,
  intensity: readonly [number, number],
  seconds: readonly [number, number],
): Card {
  return { kind: "trouble", fault, intensity: range(intensity), seconds: range(seconds) };
}

function range([from, to]: readonly [number, number]): Range {
  return { from, to };
}
