import { assert, assertEquals, assertFalse } from "@std/assert";

import { FAULT_KINDS } from "@/lib/domain/fault.ts";
import { MAX_FUTURE_MS } from "@/lib/domain/sample.ts";
import {
  type Disturbance,
  type Fault,
  NO_PRESSURE,
  outstandingFaults,
  pressureOf,
} from "@/simulators/faults.ts";

const SPIKE: Disturbance = {
  kind: "cpu-spike",
  intensity: 0.8,
  startedAt: 10_000,
  durationMs: 20_000,
};

Deno.test("pressureOf() is none before the start, and none from the end on", () => {
  for (const kind of FAULT_KINDS) {
    const disturbance = { ...SPIKE, kind };
    assertEquals(pressureOf([disturbance], 9_999), NO_PRESSURE);
    assertEquals(pressureOf([disturbance], 30_000), NO_PRESSURE);
  }
});

Deno.test("pressureOf() is felt from the first step to the last, whatever the kind", () => {
  for (const kind of FAULT_KINDS) {
    const disturbance = { ...SPIKE, kind };
    // A leak has taken nothing yet when it begins.
    const first = kind === "memory-leak" ? 11_000 : 10_000;
    for (const at of [first, 20_000, 29_000]) {
      assert(JSON.stringify(pressureOf([disturbance], at)) !== JSON.stringify(NO_PRESSURE), kind);
    }
  }
});

Deno.test("pressureOf() grows with the intensity of a spike", () => {
  const weak = pressureOf([{ ...SPIKE, intensity: 0.2 }], 20_000).cpu;
  const strong = pressureOf([{ ...SPIKE, intensity: 0.9 }], 20_000).cpu;
  assert(weak > 0 && weak < strong && strong < 1, `${weak}, ${strong}`);
});

Deno.test("pressureOf() lets a leak only grow", () => {
  const leak: Disturbance = { ...SPIKE, kind: "memory-leak" };
  const taken = [10, 15, 20, 25, 29].map((second) => pressureOf([leak], second * 1_000).memory);
  assertEquals(taken, taken.toSorted((a, b) => a - b));
  assertEquals(taken[0], 0);
});

Deno.test("pressureOf() lets what flaps be bad for four seconds and good for four, in turns", () => {
  const flapping: Disturbance = { ...SPIKE, kind: "flapping" };
  const rates = Array.from(
    { length: 20 },
    (_, second) => pressureOf([flapping], 10_000 + second * 1_000).errorRate,
  );
  const [bad, good] = [[24, 24, 24, 24], [0, 0, 0, 0]];
  assertEquals(rates, [...bad, ...good, ...bad, ...good, ...bad]);
});

Deno.test("pressureOf() skews and delays by intensity, and by the worse of two", () => {
  const rows = [
    { name: "weak", intensities: [0.2], skewMs: 9_060, delayMs: 1_600 },
    { name: "as offered", intensities: [0.8], skewMs: 36_240, delayMs: 6_400 },
    { name: "worst", intensities: [1], skewMs: 45_300, delayMs: 8_000 },
    { name: "two", intensities: [1, 0.2], skewMs: 45_300, delayMs: 8_000 },
  ];
  for (const { name, intensities, ...expected } of rows) {
    const both = intensities.flatMap((intensity) =>
      (["clock-skew", "slow-network"] as const).map((kind) => ({ ...SPIKE, kind, intensity }))
    );
    assertEquals(pressureOf(both, 20_000), { ...NO_PRESSURE, ...expected }, name);
    // What is further ahead is refused, and would be an outage.
    assert(expected.skewMs < MAX_FUTURE_MS - 10_000);
  }
});

Deno.test("pressureOf() adds disturbances without leaving 0 to 1", () => {
  const pressure = pressureOf([SPIKE, SPIKE, { ...SPIKE, kind: "outage" }], 20_000);
  assert(pressure.cpu > pressureOf([SPIKE], 20_000).cpu && pressure.cpu <= 1);
  assert(pressure.silent);
  assertFalse(pressure.crash);
});

Deno.test("pressureOf() gives a very short disturbance one step", () => {
  const blip: Disturbance = { ...SPIKE, kind: "outage", startedAt: 10_300, durationMs: 1 };
  const silent = [10_000, 11_000, 12_000].map((at) => pressureOf([blip], at).silent);
  assertEquals(silent, [false, true, false]);
});

Deno.test("outstandingFaults() forgets what is over and a crash that happened", () => {
  const fault = (change: Partial<Fault>): Fault => ({ service: "checkout", ...SPIKE, ...change });
  const running = fault({});
  const later = fault({ kind: "crash", startedAt: 40_000 });
  const over = fault({ startedAt: 0, durationMs: 20_000 });
  const spent = fault({ kind: "crash" });
  assertEquals(outstandingFaults([running, later, over, spent], 20_000), [running, later]);
});
