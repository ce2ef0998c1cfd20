/**
 * Faults: what a simulated service is told to do wrong, and what each kind does to it. Pure values and
 * functions; who sends a fault to whom is the supervisor's matter.
 *
 * @module
 */

import type { FaultKind } from "@/lib/domain/fault.ts";
import type { Instant } from "@/lib/domain/instant.ts";

/** Length of a step of the model in milliseconds. */
export const STEP_MS = 1_000;

/** Something that goes wrong for a time, by itself or because someone asked for it. */
export interface Disturbance {
  /** What goes wrong. */
  readonly kind: FaultKind;
  /** From 0 (hardly felt) to 1 (as bad as it gets); an `outage` or `crash` knows no degrees. */
  readonly intensity: number;
  /** The first instant at which it acts. */
  readonly startedAt: Instant;
  /** How long it acts, in milliseconds; less than {@linkcode STEP_MS} counts as that much. */
  readonly durationMs: number;
}

/** A disturbance that one service is told to have. */
export interface Fault extends Disturbance {
  /** Name of the service. */
  readonly service: string;
}

/** What disturbances do to a service at one instant. */
export interface Pressure {
  /** Share of the idle CPU that is taken, from 0 to 1. */
  readonly cpu: number;
  /** Share of the free memory that is taken, from 0 to 1. */
  readonly memory: number;
  /** Milliseconds that each answer takes longer. */
  readonly latency: number;
  /** Percentage points of requests that fail on top. */
  readonly errorRate: number;
  /** Whether heartbeats are lost. */
  readonly silent: boolean;
  /** Whether the worker behind the service dies. */
  readonly crash: boolean;
  /** How far the clock of the service is ahead, in milliseconds. */
  readonly skewMs: number;
  /** How much later than sent its samples and heartbeats arrive, in milliseconds. */
  readonly delayMs: number;
}

/** What a service feels when nothing is wrong. */
export const NO_PRESSURE: Pressure = {
  cpu: 0,
  memory: 0,
  latency: 0,
  errorRate: 0,
  silent: false,
  crash: false,
  skewMs: 0,
  delayMs: 0,
};

/** How far a disturbance is, as its effect sees it. */
interface Phase {
  readonly intensity: number;
  /** Time passed, in milliseconds. */
  readonly elapsedMs: number;
  /** Time passed, from 0 to below 1. */
  readonly progress: number;
  /** From 0 to 1: a quick rise at the start, a quick fall at the end. */
  readonly envelope: number;
}

type Effect = (phase: Phase) => Partial<Pressure>;

/** How long a disturbance takes to reach its full strength, and to lose it, in milliseconds. */
const RAMP_MS = 3_000;
/** A leak has taken all it will take after this share of its time. */
const LEAK_FULL_AT = 0.7;
/** What full intensity adds, in milliseconds and in percentage points. */
const WORST_LATENCY_MS = 1_600;
const WORST_ERROR_RATE = 30;
/** Less than the 60 s that Vitals refuses; no whole seconds, so that no two samples are of one instant. */
const WORST_SKEW_MS = 45_300;
const WORST_DELAY_MS = 8_000;
/**
 * What flaps is bad for this long, then good for as long: enough for three bad samples in a row, which is
 * when the default rule on errors fires.
 */
const FLAP_MS = 4_000;

/**
 * The kinds and their effects: adding a kind is adding an entry. Shares follow the square root of the
 * intensity, so that 0.8 crosses the default limits of CPU and memory from any usual level.
 */
const EFFECTS: Readonly<Record<FaultKind, Effect>> = {
  "cpu-spike": ({ intensity, envelope }) => ({ cpu: Math.sqrt(intensity) * envelope }),
  "memory-leak": ({ intensity, progress }) => ({
    memory: Math.sqrt(intensity) * Math.min(1, progress / LEAK_FULL_AT),
  }),
  "high-latency": ({ intensity, envelope }) => ({
    latency: WORST_LATENCY_MS * intensity * envelope,
  }),
  "error-burst": ({ intensity, envelope }) => ({
    errorRate: WORST_ERROR_RATE * intensity * envelope,
  }),
  "outage": () => ({ silent: true }),
  "crash": () => ({ crash: true }),
  "flapping": ({ intensity, elapsedMs }) => ({
    errorRate: elapsedMs % (2 * FLAP_MS) < FLAP_MS ? WORST_ERROR_RATE * intensity : 0,
  }),
  "clock-skew": ({ intensity }) => ({ skewMs: Math.round(WORST_SKEW_MS * intensity) }),
  "slow-network": ({ intensity }) => ({ delayMs: Math.round(WORST_DELAY_MS * intensity) }),
};

/**
 * Returns what some disturbances do together at `at`; those that have not begun or are over do nothing.
 *
 * @example An outage lasts exactly its duration
 * ```ts
 * import { pressureOf } from "@/simulators/faults.ts";
 * import { assert, assertFalse } from "@std/assert";
 *
 * const outage = { kind: "outage", intensity: 1, startedAt: 5_000, durationMs: 2_000 } as const;
 * assert(pressureOf([outage], 6_999).silent);
 * assertFalse(pressureOf([outage], 7_000).silent);
 * ```
 */
export function pressureOf(disturbances: readonly Disturbance[], at: Instant): Pressure {
  return disturbances
    .filter((disturbance) => isActive(disturbance, at))
    .map((disturbance) => EFFECTS[disturbance.kind](phaseOf(disturbance, at)))
    .reduce(combine, NO_PRESSURE);
}

/**
 * Returns the faults that a restarted worker still has to be told of: not those that are over, and not a
 * crash that has happened. Instants are absolute, so what is left of each follows from the clock.
 */
export function outstandingFaults(faults: readonly Fault[], now: Instant): readonly Fault[] {
  return faults.filter((fault) =>
    now < fault.startedAt + fault.durationMs && !(fault.kind === "crash" && fault.startedAt <= now)
  );
}

function isActive(disturbance: Disturbance, at: Instant): boolean {
  const elapsedMs = at - disturbance.startedAt;
  return elapsedMs >= 0 && elapsedMs < lengthOf(disturbance);
}

/** Steps are this far apart: anything shorter could fall between two of them and never act. */
function lengthOf({ durationMs }: Disturbance): number {
  return Math.max(durationMs, STEP_MS);
}

function phaseOf(disturbance: Disturbance, at: Instant): Phase {
  const lengthMs = lengthOf(disturbance);
  const elapsedMs = at - disturbance.startedAt;
  // The first step is felt already, the last one still.
  const rise = (elapsedMs + STEP_MS) / RAMP_MS;
  const fall = (lengthMs - elapsedMs) / RAMP_MS;
  return {
    intensity: disturbance.intensity,
    elapsedMs,
    progress: elapsedMs / lengthMs,
    envelope: Math.min(1, rise, fall),
  };
}

function combine(sum: Pressure, added: Partial<Pressure>): Pressure {
  const more = { ...NO_PRESSURE, ...added };
  return {
    cpu: 1 - (1 - sum.cpu) * (1 - more.cpu),
    memory: 1 - (1 - sum.memory) * (1 - more.memory),
    latency: sum.latency + more.latency,
    errorRate: sum.errorRate + more.errorRate,
    silent: sum.silent || more.silent,
    crash: sum.crash || more.crash,
    // Of two the worse one counts, so that both stay within what they are at worst.
    skewMs: Math.max(sum.skewMs, more.skewMs),
    delayMs: Math.max(sum.delayMs, more.delayMs),
  };
}
