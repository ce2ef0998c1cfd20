/**
 * The simulated service: a pure function of profile, seed, step and faults. Nothing is carried from step to
 * step, so every instance that asks for the same second sees the same service. It knows no clock and no
 * worker.
 *
 * @module
 */

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";

import { spontaneous } from "./events.ts";
import { type Disturbance, type Pressure, pressureOf, STEP_MS } from "./faults.ts";
import { uniform, valueNoise } from "./noise.ts";
import type { Profile } from "./profiles.ts";

/** What is simulated. */
export interface Simulated {
  /** What kind of service it is. */
  readonly profile: Profile;
  /** Whole number; another seed is another service of the same kind. */
  readonly seed: number;
  /** What it was told to do wrong; 1,000 ms of a fault are one step. */
  readonly faults: readonly Disturbance[];
  /** Whether nothing goes wrong by itself. @default {false} */
  readonly isCalm?: boolean;
}

/** What a simulated service does in one step. */
export type Outcome =
  | { readonly kind: "sample"; readonly metrics: Readonly<Record<string, number>> }
  /** No heartbeat leaves the service. */
  | { readonly kind: "silent" }
  /** The worker that runs it dies. */
  | { readonly kind: "crash" };

const DAY_STEPS = 86_400;
/** Periods of the two waves between a day and noise, in steps; without a common multiple people would see. */
const SLOW_WAVE_STEPS = 661;
const FAST_WAVE_STEPS = 97;
const SAWTOOTH_STEPS = 47;
/** Load is never taken for more than this, as queues would be endless at 1. */
const MAX_LOAD = 0.96;
/** Latency at which half of the requests that can time out do, in milliseconds. */
const TIMEOUT_MS = 1_200;
/** Requests that can time out, in per cent. */
const IMPATIENT = 14;

/** Noise streams of this module. */
const STREAM = {
  load: 1,
  ripple: 2,
  grain: 3,
  heap: 4,
  jitter: 5,
  failures: 6,
  constants: 7,
} as const;

/**
 * Returns what a service does in a step. Values are within the ranges of the built-in metrics and rounded
 * to hundredths.
 *
 * @param step Whole seconds since the epoch.
 *
 * @example The same question has the same answer
 * ```ts
 * import { simulate } from "@/simulators/model.ts";
 * import { profileNamed } from "@/simulators/profiles.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const service = { profile: profileNamed("api"), seed: 1, faults: [] };
 * assertEquals(simulate(service, 1_700_000_000), simulate(service, 1_700_000_000));
 * ```
 */
export function simulate(simulated: Simulated, step: number): Outcome {
  const own = simulated.isCalm ? [] : spontaneous(simulated, step);
  const disturbances = [...own, ...simulated.faults];
  const pressure = pressureOf(disturbances, step * STEP_MS);
  if (pressure.crash) return { kind: "crash" };
  if (pressure.silent) return { kind: "silent" };
  return { kind: "sample", metrics: metricsAt(simulated, step, pressure) };
}

/** CPU comes first: latency follows from it, and errors follow from latency. */
function metricsAt(
  simulated: Simulated,
  step: number,
  pressure: Pressure,
): Readonly<Record<string, number>> {
  const cpu = towards(busiest(simulated, step), usualCpu(simulated, step), pressure.cpu);
  const memory = towards(100, usualMemory(simulated, step), pressure.memory);
  const latency = latencyUnder(cpu, simulated, step) + pressure.latency;
  const errorRate = errorsAt(latency, simulated, step) + pressure.errorRate;
  return sane({ cpu, memory, latency, errorRate });
}

function usualCpu({ profile: { cpu, peakHour }, seed }: Simulated, step: number): number {
  const day = wave(step - peakHour * 3_600, DAY_STEPS);
  const shift = Math.floor(DAY_STEPS * constant(seed, 0));
  const minutes = 0.6 * wave(step + shift, SLOW_WAVE_STEPS) +
    0.4 * wave(step + shift, FAST_WAVE_STEPS);
  const seconds = 0.5 * valueNoise(seed, step, { stream: STREAM.load, period: 61 }) +
    0.3 * valueNoise(seed, step, { stream: STREAM.ripple, period: 9 }) +
    0.2 * symmetric(seed, step, STREAM.grain);
  return cpu.base + cpu.daily * day + cpu.wave * minutes + cpu.noise * seconds;
}

/** A busy machine is never quite full, and never twice the same. */
function busiest({ seed }: Simulated, step: number): number {
  return 99 + 1.5 * valueNoise(seed, step, { stream: STREAM.ripple, period: 5 }) +
    2 * symmetric(seed, step, STREAM.grain);
}

function usualMemory({ profile: { memory }, seed }: Simulated, step: number): number {
  const heap = 4 * valueNoise(seed, step, { stream: STREAM.heap, period: 307 });
  const teeth = SAWTOOTH_STEPS + Math.floor(10 * constant(seed, 1));
  return memory.base + heap + memory.sawtooth * ((step % teeth) / teeth - 0.5);
}

/** The mean time in an M/M/1 queue, work / (1 - load), so it climbs steeply near full load. */
function latencyUnder(cpu: number, { profile, seed }: Simulated, step: number): number {
  const { work, away } = profile.latency;
  const queued = work / (1 - Math.min(MAX_LOAD, cpu / 100));
  return (away + queued) * Math.exp(0.12 * symmetric(seed, step, STREAM.jitter));
}

/** Requests that take longer fail more often; slow ones run into timeouts: few at first, then most that can. */
function errorsAt(latency: number, { profile, seed }: Simulated, step: number): number {
  const { work, away } = profile.latency;
  const strain = Math.sqrt(latency / (away + work));
  const usual = profile.errorRate * strain * (1 + 0.35 * symmetric(seed, step, STREAM.failures));
  const slow = (latency / TIMEOUT_MS) ** 2;
  return usual + IMPATIENT * slow / (1 + slow);
}

/** Is 1 at multiples of the period. */
function wave(step: number, period: number): number {
  return Math.cos(2 * Math.PI * (step % period) / period);
}

/** A number from 0 to 1 that belongs to the seed, whatever the step. */
function constant(seed: number, index: number): number {
  return uniform(seed, { stream: STREAM.constants, index });
}

function symmetric(seed: number, step: number, stream: number): number {
  return 2 * uniform(seed, { stream, index: step }) - 1;
}

function towards(ceiling: number, value: number, share: number): number {
  return value + Math.max(0, ceiling - value) * share;
}

function sane(values: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(BUILT_IN_METRICS.flatMap(({ id, min, max }) => {
    const value = values[id];
    if (value === undefined) return [];
    return [[id, Math.round(100 * Math.min(max, Math.max(min, value))) / 100]];
  }));
}
