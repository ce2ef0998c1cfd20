/**
 * The past of simulated services as it could have been: calm days with their rhythm, spikes of a second, and
 * now and then trouble that raises alerts. The same end gives the same past.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import type { Sample } from "@/lib/domain/sample.ts";
import { type ServiceState, startService, step, type Transition } from "@/lib/domain/service.ts";
import type { FaultKind } from "@/lib/domain/fault.ts";
import { simulate } from "@/simulators/model.ts";
import { uniform } from "@/simulators/noise.ts";
import type { Profile } from "@/simulators/profiles.ts";

/** A service that has a past. */
export interface PastService {
  /** Its name. */
  readonly name: string;
  /** What kind of service it is. */
  readonly profile: Profile;
  /** Another seed is another past. */
  readonly seed: number;
}

/** What happened in a span of time. */
export interface PastSpan {
  /** In order of time. */
  readonly samples: readonly Sample[];
  /** In order. */
  readonly transitions: readonly Transition[];
}

/** A span of time and how often there is a sample in it. */
export interface PastRange {
  /** Its beginning, a multiple of `stepMs`. */
  readonly from: Instant;
  /** Its end, left out. */
  readonly to: Instant;
  /** Time between two samples where nothing special happens, in milliseconds. */
  readonly stepMs: number;
  /** The end of all: trouble that would not be over by then does not happen. */
  readonly end: Instant;
}

const SECOND = 1_000;
const DAY = 86_400_000;

/** Noise streams of this module. */
const STREAM = { spike: 201, spikeAt: 202, trouble: 203, troubleAt: 204, kind: 205, length: 206 };

/** How many days out of all have a spike, or trouble. */
const SPIKE_DAYS = 0.4;
const TROUBLE_DAYS = 0.15;

/** Trouble that lasts so long is over at the latest, in milliseconds; then all is calm again. */
const LONGEST_TROUBLE_MS = 40 * 60_000;

const KINDS: readonly FaultKind[] = [
  "cpu-spike",
  "memory-leak",
  "high-latency",
  "error-burst",
  "outage",
];

/** Returns what happened to a service in a span of time, which must be on one day of UTC. */
export function pastOf(service: PastService, range: PastRange): PastSpan {
  const { from, to, stepMs, end } = range;
  const found = troubleOf(service, from);
  const trouble = found !== null && found.to <= end ? found : null;
  const samples: Sample[] = [];
  const transitions: Transition[] = [];
  for (let at = from; at < to; at += stepMs) {
    if (trouble && at >= trouble.from && at < trouble.to) continue;
    samples.push(...sampleAt(service, at, []));
  }
  const spikeAt = spikeOf(service, from);
  if (spikeAt !== null && spikeAt >= from && spikeAt < to) samples.push(spike(service, spikeAt));
  if (trouble && trouble.from >= from && trouble.from < to) {
    const span = live(service, trouble);
    samples.push(...span.samples);
    transitions.push(...span.transitions);
  }
  return { samples: samples.sort((one, other) => one.at - other.at), transitions };
}

/** A time in which something goes wrong. */
interface Trouble {
  readonly kind: FaultKind;
  readonly from: Instant;
  readonly durationMs: number;
  /** By then all is calm again. */
  readonly to: Instant;
}

/** Trouble begins and ends on one day, so that any part of a day can be asked for alone. */
function troubleOf({ seed }: PastService, at: Instant): Trouble | null {
  const index = Math.floor(at / DAY);
  const chance = (stream: number) => uniform(seed, { stream, index });
  if (chance(STREAM.trouble) >= TROUBLE_DAYS) return null;
  const span = DAY - LONGEST_TROUBLE_MS;
  const from = index * DAY + Math.floor(chance(STREAM.troubleAt) * span / 60_000) * 60_000;
  const durationMs = Math.floor(60 + 1_000 * chance(STREAM.length) ** 3) * SECOND;
  const kind = KINDS[Math.floor(chance(STREAM.kind) * KINDS.length)] ?? "cpu-spike";
  return { kind, from, durationMs, to: from + LONGEST_TROUBLE_MS };
}

/** The engine itself decides what the trouble means, second by second. */
function live(service: PastService, { kind, from, durationMs, to }: Trouble): PastSpan {
  const fault = { kind, intensity: 0.85, startedAt: from + 10 * SECOND, durationMs };
  let state = healthy(service, from);
  const samples: Sample[] = [];
  const transitions: Transition[] = [];
  for (let at = from; at < to; at += SECOND) {
    const [sample] = sampleAt(service, at, [fault]);
    if (sample !== undefined) samples.push(sample);
    const event = sample ? { kind: "sample" as const, sample } : { kind: "deadline" as const };
    const result = step(state, event, at);
    state = result.state;
    transitions.push(...result.transitions);
  }
  if (Object.keys(state.alerts).length > 0) {
    throw new RangeError(`Cannot make a past: trouble of ${service.name} at ${from} does not end`);
  }
  return { samples, transitions };
}

function healthy({ name }: PastService, at: Instant): ServiceState {
  const sample = { service: name, at: at - SECOND, metrics: {} };
  const start = startService(name, DEFAULT_RULES, at - SECOND);
  return step(start, { kind: "sample", sample }, at - SECOND).state;
}

function spikeOf({ seed }: PastService, at: Instant): Instant | null {
  const index = Math.floor(at / DAY);
  if (uniform(seed, { stream: STREAM.spike, index }) >= SPIKE_DAYS) return null;
  const second = Math.floor(uniform(seed, { stream: STREAM.spikeAt, index }) * DAY / SECOND);
  // Beside the samples of whole minutes and tens of seconds.
  return index * DAY + (Math.floor(second / 10) * 10 + 5) * SECOND;
}

function spike({ name }: PastService, at: Instant): Sample {
  return { service: name, at, metrics: { cpu: 99.5, latency: 2_400 } };
}

function sampleAt(
  { name, profile, seed }: PastService,
  at: Instant,
  faults: Parameters<typeof simulate>[0]["faults"],
): Sample[] {
  // What happens by itself is for the demo: several times an hour.
  const calm: Profile = { ...profile, deck: [{ kind: "calm" }] };
  const outcome = simulate({ profile: calm, seed, faults }, at / SECOND);
  if (outcome.kind !== "sample") return [];
  const metrics = faults.length > 0 ? outcome.metrics : weekly(outcome.metrics, at);
  return [{ service: name, at, metrics }];
}

/** On Saturday and Sunday there is less to do. */
function weekly(metrics: Sample["metrics"], at: Instant): Sample["metrics"] {
  // The epoch began on a Thursday.
  const day = Math.floor(at / DAY + 4) % 7;
  if (day !== 0 && day !== 6) return metrics;
  const { cpu = 0, latency = 0 } = metrics;
  const round = (value: number) => Math.round(100 * value) / 100;
  return { ...metrics, cpu: round(0.7 * cpu), latency: round(0.85 * latency) };
}
