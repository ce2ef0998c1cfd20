import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import { FAULT_KINDS } from "@/lib/domain/fault.ts";
import type { Disturbance } from "@/simulators/faults.ts";
import { type Outcome, simulate } from "@/simulators/model.ts";
import { type Profile, profileNamed, PROFILES } from "@/simulators/profiles.ts";

import { judge } from "./default_rules_judge.ts";

const DAY = 86_400;
/** 2025-11-24T00:00:00Z. */
const MIDNIGHT = 1_763_942_400;
/** The services that ship, by profile and seed. */
const SHIPPED = [["api", 1], ["payments", 2], ["analytics", 3], ["inventory", 4]] as const;
/** What they do on that day, by default rules; computed once as it takes a while. */
const SHIPPED_DAYS = SHIPPED.map(([name, seed]) => simulateDay(name, seed));

const anyFault: fc.Arbitrary<Disturbance> = fc.record({
  kind: fc.constantFrom(...FAULT_KINDS),
  intensity: fc.double({ min: 0, max: 1, noNaN: true }),
  startedAt: fc.integer({ min: 0, max: 200_000 }),
  durationMs: fc.integer({ min: 1, max: 100_000 }),
});
const anyService = fc.record({
  profile: fc.constantFrom(...Object.values(PROFILES)),
  seed: fc.integer(),
  faults: fc.array(anyFault, { maxLength: 5 }),
});

Deno.test("simulate() answers the same question the same way", () => {
  fc.assert(fc.property(anyService, fc.maxSafeInteger(), (service, step) => {
    assertEquals(simulate(service, Math.abs(step)), simulate(service, Math.abs(step)));
  }));
});

Deno.test("simulate() does not care in which order steps are asked for", () => {
  const steps = fc.shuffledSubarray(Array.from({ length: 300 }, (_, step) => step));
  fc.assert(
    fc.property(anyService, steps, (service, asked) => {
      const inOrder = Array.from({ length: 300 }, (_, step) => simulate(service, step));
      for (const step of asked) assertEquals(simulate(service, step), inOrder[step]);
    }),
    { numRuns: 20 },
  );
});

Deno.test("simulate() keeps every metric within its range and finite", () => {
  const anyStep = fc.integer({ min: 0, max: 300 });
  fc.assert(fc.property(anyService, anyStep, (service, step) => {
    const outcome = simulate(service, step);
    if (outcome.kind !== "sample") return;
    assertEquals(Object.keys(outcome.metrics), BUILT_IN_METRICS.map(({ id }) => id));
    for (const { id, min, max } of BUILT_IN_METRICS) {
      const value = outcome.metrics[id] ?? NaN;
      assert(value >= min && value <= max, `${id} is ${value}`);
    }
  }));
});

Deno.test("simulate() tells two seeds apart", () => {
  const profile = profileNamed("api");
  const one = simulate({ profile, seed: 1, faults: [] }, MIDNIGHT);
  const other = simulate({ profile, seed: 2, faults: [] }, MIDNIGHT);
  assert(JSON.stringify(one) !== JSON.stringify(other));
});

Deno.test("simulate() obeys faults that silence or kill, for exactly their time", () => {
  const profile = profileNamed("api");
  for (const [kind, expected] of [["outage", "silent"], ["crash", "crash"]] as const) {
    const from = MIDNIGHT * 1_000;
    const faults: Disturbance[] = [{ kind, intensity: 1, startedAt: from, durationMs: 3_000 }];
    const kinds = [-1, 0, 1, 2, 3].map((step) =>
      simulate({ profile, seed: 2, faults }, MIDNIGHT + step).kind
    );
    assertEquals(kinds, ["sample", expected, expected, expected, "sample"]);
  }
});

Deno.test("simulate() crosses the default limit for each fault of intensity 0.8, from any profile", () => {
  const expected = [
    ["cpu-spike", "HIGH_CPU"],
    ["memory-leak", "HIGH_MEMORY"],
    ["high-latency", "HIGH_LATENCY"],
    ["error-burst", "HIGH_ERROR_RATE"],
    ["outage", "SERVICE_DOWN"],
    ["flapping", "HIGH_ERROR_RATE"],
  ] as const;
  for (const [name, seed] of SHIPPED) {
    for (const [kind, rule] of expected) {
      for (let hour = 0; hour < 24; hour += 3) {
        const from = MIDNIGHT + hour * 3_600;
        const fault = { kind, intensity: 0.8, startedAt: from * 1_000, durationMs: 30_000 };
        const service = { profile: profileNamed(name), seed, faults: [fault] };
        const outcomes = Array.from({ length: 30 }, (_, step) => simulate(service, from + step));
        assert(judge(outcomes).firing.flat().includes(rule), `${kind} on ${name} at ${hour} h`);
      }
    }
  }
});

Deno.test("simulate() is hardly felt at intensity 0, unless heartbeats or the worker end", () => {
  const profile = profileNamed("payments");
  const graded = FAULT_KINDS.filter((kind) => kind !== "outage" && kind !== "crash");
  const faults = graded.map((kind) => ({
    kind,
    intensity: 0,
    startedAt: MIDNIGHT * 1_000,
    durationMs: 60_000,
  }));
  assertEquals(
    simulate({ profile, seed: 2, faults }, MIDNIGHT + 30),
    simulate({ profile, seed: 2, faults: [] }, MIDNIGHT + 30),
  );
});

Deno.test("simulate() raises latency with CPU and errors with latency", () => {
  for (const { name, outcomes } of SHIPPED_DAYS) {
    const latency = rankCorrelation(outcomes, "cpu", "latency");
    const errors = rankCorrelation(outcomes, "latency", "errorRate");
    assert(latency > 0.35 && errors > 0.25, `${name}: ${latency}, ${errors}`);
  }
});

Deno.test("simulate() raises latency more steeply the higher CPU is", () => {
  const day = SHIPPED_DAYS.find(({ name }) => name === "analytics");
  const mean = (from: number, to: number) => {
    const latencies = (day?.outcomes ?? []).flatMap((outcome) =>
      outcome.kind === "sample" && inRange(outcome.metrics.cpu, from, to)
        ? [outcome.metrics.latency ?? NaN]
        : []
    );
    return latencies.reduce((sum, value) => sum + value, 0) / latencies.length;
  };
  const [low, middle, high] = [mean(35, 40), mean(60, 65), mean(85, 90)];
  assert(high - middle > 2 * (middle - low) && middle > low, `${low}, ${middle}, ${high} ms`);
});

Deno.test("simulate() follows the hours of the day", () => {
  const outcomes = SHIPPED_DAYS[0]?.outcomes ?? [];
  const mean = (hour: number) => meanOf(outcomes.slice(hour * 3_600, (hour + 1) * 3_600), "cpu");
  assert(mean(14) > mean(2) + 10, `${mean(14)} % at 14 h, ${mean(2)} % at 2 h`);
});

Deno.test("simulate() moves memory slowly while nothing leaks", () => {
  const jumps = SHIPPED_DAYS.flatMap(({ outcomes }) => stepsOf(outcomes, "memory"));
  const large = jumps.filter((jump) => Math.abs(jump) > 6).length;
  // What is left are collections after a leak, and gaps of lost heartbeats.
  assert(large / jumps.length < 0.002, `${large} of ${jumps.length}`);
});

Deno.test("simulate() crosses no limit while nothing goes wrong", () => {
  for (const [name, seed] of SHIPPED) {
    const profile: Profile = { ...profileNamed(name), deck: [{ kind: "calm" }] };
    const outcomes = Array.from(
      { length: DAY },
      (_, step) => simulate({ profile, seed, faults: [] }, MIDNIGHT + step),
    );
    assertEquals(judge(outcomes).alerts, []);
  }
});

Deno.test("simulate() keeps each shipped service healthy for 80 to 95 % of a day", () => {
  for (const { name, firing } of SHIPPED_DAYS) {
    const healthy = firing.filter((rules) => rules.length === 0).length / DAY;
    assert(healthy > 0.8 && healthy < 0.95, `${name} is healthy for ${healthy}`);
  }
});

Deno.test("simulate() makes every default rule fire on some shipped service within an hour", () => {
  const alerts = SHIPPED_DAYS.flatMap((service) => service.alerts);
  for (const { name } of DEFAULT_RULES) {
    const instants = alerts.filter(({ rule }) => rule === name).map(({ firedAt }) => firedAt);
    assert(longestGap(instants) < 3_600, `${name} leaves ${longestGap(instants)} s`);
  }
});

Deno.test("simulate() is never dull: the next alert of the four is near at any second", () => {
  const waits = waitsForAlert(SHIPPED_DAYS.flatMap(({ alerts }) => alerts));
  const within = (limit: number) => waits.filter((wait) => wait <= limit).length / waits.length;
  assert(within(60) > 0.75, `${within(60)} within a minute`);
  assert(within(120) > 0.95, `${within(120)} within two`);
  assert(within(180) > 0.99, `${within(180)} within three`);
  assert(within(300) === 1, "some wait is longer than five minutes");
});

Deno.test("simulate() seldom troubles three of the four services at once", () => {
  let crowded = 0;
  for (let step = 0; step < DAY; step++) {
    const troubled = SHIPPED_DAYS.filter(({ firing }) => (firing[step]?.length ?? 0) > 0).length;
    if (troubled >= 3) crowded++;
  }
  assert(crowded / DAY < 0.02, `for ${crowded} s of the day`);
});

interface Day {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  readonly firing: readonly (readonly string[])[];
  readonly alerts: readonly { readonly rule: string; readonly firedAt: number }[];
}

function simulateDay(name: string, seed: number): Day {
  const service = { profile: profileNamed(name), seed, faults: [] };
  const outcomes = Array.from({ length: DAY }, (_, step) => simulate(service, MIDNIGHT + step));
  return { name, outcomes, ...judge(outcomes) };
}

/** For each second of the day until the last alert: how long until the next one fires. */
function waitsForAlert(alerts: readonly { readonly firedAt: number }[]): readonly number[] {
  const fired = new Set(alerts.map(({ firedAt }) => firedAt));
  const waits: number[] = [];
  let next = Infinity;
  for (let step = DAY - 1; step >= 0; step--) {
    if (fired.has(step)) next = step;
    if (next < Infinity) waits.push(next - step);
  }
  return waits;
}

function longestGap(instants: readonly number[]): number {
  const marks = [0, ...instants.toSorted((a, b) => a - b), DAY];
  return Math.max(...marks.slice(1).map((mark, index) => mark - (marks[index] ?? 0)));
}

/** Spearman's coefficient: Pearson's of the ranks. */
function rankCorrelation(outcomes: readonly Outcome[], one: string, other: string): number {
  const samples = outcomes.filter((outcome) => outcome.kind === "sample");
  const a = ranks(samples.map(({ metrics }) => metrics[one] ?? NaN));
  const b = ranks(samples.map(({ metrics }) => metrics[other] ?? NaN));
  const middle = (samples.length - 1) / 2;
  let together = 0;
  let spread = 0;
  for (const [index, rank] of a.entries()) {
    together += (rank - middle) * ((b[index] ?? NaN) - middle);
    spread += (rank - middle) ** 2;
  }
  return together / spread;
}

function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const result = new Array<number>(values.length);
  for (const [rank, index] of order.entries()) result[index] = rank;
  return result;
}

function meanOf(outcomes: readonly Outcome[], id: string): number {
  const values = outcomes.flatMap((each) =>
    each.kind === "sample" ? [each.metrics[id] ?? NaN] : []
  );
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function stepsOf(outcomes: readonly Outcome[], id: string): number[] {
  const values = outcomes.flatMap((each) =>
    each.kind === "sample" ? [each.metrics[id] ?? NaN] : []
  );
  return values.slice(1).map((value, index) => value - (values[index] ?? NaN));
}

function inRange(value: number | undefined, from: number, to: number): boolean {
  return value !== undefined && value >= from && value < to;
}
