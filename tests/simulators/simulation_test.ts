import { assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";

import type { InitMessage } from "@/simulators/commands.ts";
import type { WorkerReport } from "@/simulators/messages.ts";
import { simulate } from "@/simulators/model.ts";
import { profileNamed } from "@/simulators/profiles.ts";
import { Simulation } from "@/simulators/simulation.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const START = 1_763_942_400_000;
const INIT: InitMessage = {
  type: "init",
  service: "checkout",
  profile: "api",
  seed: 0,
  intervalMs: 1_000,
  faults: [],
};

Deno.test("Simulation reports what the model says, on whole seconds", async () => {
  const { clock, reports } = begun(START + 250);
  await clock.advance(749);
  assertEquals(reports, []);
  await clock.advance(1_001);
  const service = { profile: profileNamed("api"), seed: 0, faults: [] };
  const expected = [1, 2].map((second) => {
    const outcome = simulate(service, START / 1_000 + second);
    const metrics = outcome.kind === "sample" ? outcome.metrics : {};
    return { type: "sample", service: "checkout", at: START + second * 1_000, metrics };
  });
  assertEquals<unknown>(reports, expected);
});

Deno.test("Simulation has no trouble of its own while it is told to be calm", async () => {
  const { clock, reports, simulation } = begun(START);
  simulation.receive({ type: "calm", isCalm: true });
  await clock.advance(1_000_000);
  simulation.receive({ type: "calm", isCalm: false });
  await clock.advance(1_000_000);
  const service = { profile: profileNamed("api"), seed: 0, faults: [] };
  const expected = (isCalm: boolean) => (_: unknown, second: number) => {
    const outcome = simulate({ ...service, isCalm }, START / 1_000 + 1 + second);
    return outcome.kind === "sample" ? outcome.metrics : null;
  };
  const [calm, own] = [true, false].map((isCalm) => reports.map(expected(isCalm)));
  const found = reports.map((report) => report.type === "sample" ? report.metrics : null);
  assertEquals(found.slice(0, 1_000), calm?.slice(0, 1_000));
  assertEquals(found.slice(1_000), own?.slice(1_000));
  assertNotEquals(calm?.slice(0, 1_000), own?.slice(0, 1_000));
});

Deno.test("Simulation takes its turn within the second, by its seed", async () => {
  const { clock, reports } = begun(START, [], 2);
  await clock.advance(3_000);
  assertEquals(reports.map(({ at }) => at - START), [236, 1_236, 2_236]);
});

Deno.test("Simulation does not drift: a late timer is followed by one on the grid", async () => {
  const { clock, reports } = begun(START);
  await clock.advance(1_000);
  clock.step(300);
  await clock.advance(1_700);
  assertEquals(reports.map(({ at }) => at - START), [1_000, 2_000, 3_000]);
  assertEquals(clock.now(), START + 3_000);
});

Deno.test("Simulation reports a step once although a timer runs early", async () => {
  const { clock, reports } = begun(START);
  await clock.advance(1_000);
  clock.step(-1);
  await clock.advance(1_001);
  assertEquals(reports.map(({ at }) => at - START), [1_000, 2_000]);
});

Deno.test("Simulation goes on when the clock is set back", async () => {
  const { clock, reports } = begun(START);
  await clock.advance(1_000);
  clock.step(-3_600_000);
  await clock.advance(2_000);
  assertEquals(reports.length, 3);
});

Deno.test("Simulation says that it is alive while the service is silent", async () => {
  const { clock, reports } = begun(START, [{ kind: "outage", durationMs: 2_000 }]);
  await clock.advance(3_000);
  assertEquals(reports.map(({ type }) => type), ["alive", "sample", "sample"]);
});

Deno.test("Simulation takes new faults at once, and dies of a crash", async () => {
  const { clock, reports, simulation } = begun(START);
  await clock.advance(1_000);
  simulation.receive({ type: "faults", faults: faults([{ kind: "outage", durationMs: 9_000 }]) });
  await clock.advance(1_000);
  assertEquals(reports.map(({ type }) => type), ["sample", "alive"]);
  simulation.receive({ type: "faults", faults: faults([{ kind: "crash", durationMs: 9_000 }]) });
  await assertRejects(() => clock.advance(1_000), Error, "was told to crash");
});

Deno.test("Simulation dates the samples of a skewed clock ahead, and those after it rightly", async () => {
  const { clock, reports } = begun(START, [{ kind: "clock-skew", durationMs: 3_000 }]);
  await clock.advance(4_000);
  assertEquals(reports.map(({ at }) => at - START), [46_300, 47_300, 3_000, 4_000]);
});

Deno.test("Simulation lets a slow network bring samples late and in order, while its worker is heard", async () => {
  const { clock, reports } = begun(START, [{ kind: "slow-network", durationMs: 10_000 }]);
  await clock.advance(9_000);
  assertEquals(reports.map(({ type }) => type), [...Array(8).fill("alive"), "sample"]);
  assertEquals(reports.at(-1)?.at, START + 1_000);
  await clock.advance(1_000);
  // The network is well again: all that was under way arrives at once, the newest last.
  assertEquals(
    reports.slice(9).map(({ at, type }) => [type, at - START]),
    [2, 3, 4, 5, 6, 7, 8, 9, 10].map((second) => ["sample", second * 1_000]),
  );
  await clock.advance(1_000);
  assertEquals(reports.length, 19);
});

Deno.test("Simulation lets nothing arrive of what was never sent over a slow network", async () => {
  const { clock, reports } = begun(START, [
    { kind: "slow-network", durationMs: 30_000 },
    { kind: "outage", durationMs: 3_000 },
  ]);
  await clock.advance(11_000);
  const samples = reports.filter(({ type }) => type === "sample");
  assertEquals(samples.map(({ at }) => at - START), [3_000]);
});

Deno.test("Simulation lets faults keep their length on a faster grid", async () => {
  const { clock, reports, simulation } = created(START);
  const silence = faults([{ kind: "outage", durationMs: 60 }]);
  simulation.receive({ ...INIT, intervalMs: 20, faults: silence });
  await clock.advance(100);
  assertEquals(reports.map(({ at, type }) => [at - START, type]), [
    [20, "alive"],
    [40, "alive"],
    [60, "sample"],
    [80, "sample"],
    [100, "sample"],
  ]);
});

Deno.test("Simulation ends when it is told to stop, leaving no timer", async () => {
  const { clock, reports, simulation, stops } = begun(START);
  simulation.receive({ type: "stop" });
  await clock.advance(5_000);
  assertEquals([reports.length, stops.length, clock.pending], [0, 1, 0]);
});

Deno.test("Simulation refuses what makes no sense to it", () => {
  const { simulation } = created(START);
  assertThrows(() => simulation.receive({ type: "faults", faults: [] }), TypeError, "waiting");
  assertThrows(() => simulation.receive({ ...INIT, profile: "ap" }), RangeError, '"ap"');
  simulation.receive(INIT);
  assertThrows(() => simulation.receive(INIT), TypeError, "running");
  assertThrows(() => simulation.receive("hello"), TypeError);
});

type FaultChoice = Pick<InitMessage["faults"][number], "kind" | "durationMs">;

function faults(choices: readonly FaultChoice[]): InitMessage["faults"] {
  return choices.map((choice) => ({
    service: "checkout",
    intensity: 1,
    startedAt: START,
    ...choice,
  }));
}

function begun(
  now: number,
  choices: readonly FaultChoice[] = [],
  seed = 0,
): ReturnType<typeof created> {
  const all = created(now);
  all.simulation.receive({ ...INIT, seed, faults: faults(choices) });
  return all;
}

function created(now: number) {
  const clock = new FakeClock(now);
  const reports: WorkerReport[] = [];
  const stops: true[] = [];
  const simulation = new Simulation({
    clock,
    post: (report) => reports.push(report),
    onStop: () => stops.push(true),
  });
  return { clock, reports, stops, simulation };
}
