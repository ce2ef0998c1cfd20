import { assertEquals, assertThrows } from "@std/assert";

import type { Fault } from "@/simulators/faults.ts";
import { createSupervisor, type SimulatedService } from "@/simulators/supervisor.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

import { FakeLog, FakeSink, FakeWorkers } from "./fake_workers.ts";

const AUTH: SimulatedService = { name: "auth-service", profile: "api", seed: 1 };
const INVENTORY: SimulatedService = { name: "inventory-service", profile: "inventory", seed: 4 };

Deno.test("createSupervisor() starts nothing before start, then one worker for each service", () => {
  const { supervisor, workers, sink } = created([AUTH, INVENTORY]);
  assertEquals([workers.started.length, supervisor.workers().size], [0, 0]);
  supervisor.start(sink);
  supervisor.start(sink);
  const running = { state: "running", restarts: 0, reason: null };
  assertEquals<unknown>([...supervisor.workers()], [
    ["auth-service", running],
    ["inventory-service", running],
  ]);
  assertEquals(workers.started.length, 2);
});

Deno.test("createSupervisor() lets the trouble of one worker be its own", async () => {
  const { supervisor, workers, sink, clock } = created([AUTH, INVENTORY]);
  supervisor.start(sink);
  const [auth, inventory] = workers.started;
  auth?.crash("boom");
  inventory?.sample("inventory-service", 5);
  assertEquals(supervisor.workers().get("auth-service")?.state, "restarting");
  assertEquals(supervisor.workers().get("inventory-service")?.restarts, 0);
  assertEquals(sink.samples.map(({ service }) => service), ["inventory-service"]);
  await clock.advance(500);
  workers.last.sample("auth-service", 6);
  assertEquals(sink.samples.length, 2);
});

Deno.test("createSupervisor() refuses a worker that speaks for another service", () => {
  const { supervisor, workers, sink } = created([AUTH, INVENTORY]);
  supervisor.start(sink);
  workers.started[0]?.sample("inventory-service", 5);
  assertEquals([sink.samples.length, supervisor.invalidMessages()], [0, 1]);
});

Deno.test("createSupervisor() takes the jitter of pauses from random", async () => {
  const { supervisor, workers, sink, clock } = created([AUTH], () => 0.8);
  supervisor.start(sink);
  workers.last.crash("boom");
  await clock.advance(399);
  assertEquals(workers.started.length, 1);
  await clock.advance(1);
  assertEquals(workers.started.length, 2);
});

Deno.test("stop() ends all workers, more than once, and for good", async () => {
  const { supervisor, workers, sink, clock } = created([AUTH, INVENTORY]);
  supervisor.start(sink);
  workers.started[0]?.crash("boom");
  await supervisor.stop();
  await supervisor.stop();
  supervisor.start(sink);
  await clock.advance(60_000);
  assertEquals(workers.started.map(({ terminated }) => terminated), [true, true]);
  assertEquals(clock.pending, 0);
});

Deno.test("stop() before start leaves nothing to start", async () => {
  const { supervisor, workers, sink } = created([AUTH]);
  await supervisor.stop();
  supervisor.start(sink);
  assertEquals(workers.started, []);
});

Deno.test("setFaults() reaches the worker of that service alone", () => {
  const { supervisor, workers, sink } = created([AUTH, INVENTORY]);
  supervisor.start(sink);
  const faults = [fault("auth-service")];
  supervisor.setFaults("auth-service", faults);
  assertEquals(workers.started[0]?.told.at(-1), { type: "faults", faults });
  assertEquals(workers.started[1]?.told.length, 1);
});

Deno.test("setFaults() before start is not lost", () => {
  const { supervisor, workers, sink, clock } = created([AUTH]);
  const faults = [{ ...fault("auth-service"), startedAt: clock.now() }];
  supervisor.setFaults("auth-service", faults);
  supervisor.start(sink);
  const [init] = workers.last.told;
  assertEquals(init?.type === "init" ? init.faults : undefined, faults);
});

Deno.test("setCalm() reaches every worker, also before the start", () => {
  const { supervisor, workers, sink } = created([AUTH, INVENTORY]);
  supervisor.setCalm(true);
  supervisor.start(sink);
  const calm = { type: "calm", isCalm: true } as const;
  assertEquals(workers.started.map(({ told }) => told.at(-1)), [calm, calm]);
  supervisor.setCalm(false);
  assertEquals(workers.last.told.at(-1), { type: "calm", isCalm: false });
});

Deno.test("setFaults() refuses what no worker could take, and changes nothing", () => {
  const { supervisor, workers, sink } = created([AUTH]);
  supervisor.start(sink);
  const refused: [string, Fault[], string][] = [
    ["checkout", [], "it is not simulated"],
    ["auth-service", [fault("inventory-service")], 'one is for "inventory-service"'],
    ["auth-service", [{ ...fault("auth-service"), intensity: 2 }], "0.intensity"],
  ];
  for (const [service, faults, reason] of refused) {
    assertThrows(() => supervisor.setFaults(service, faults), RangeError, reason);
  }
  assertEquals(workers.last.told.length, 1);
});

Deno.test("createSupervisor() refuses an unknown profile and a name taken twice", () => {
  assertThrows(() => created([{ ...AUTH, profile: "apy" }]), RangeError, '"apy"');
  assertThrows(() => created([AUTH, { ...INVENTORY, name: AUTH.name }]), RangeError, "twice");
});

function fault(service: string): Fault {
  return {
    service,
    kind: "cpu-spike",
    intensity: 0.8,
    startedAt: 1_700_000_000_000,
    durationMs: 30_000,
  };
}

function created(services: readonly SimulatedService[], random: () => number = () => 0) {
  const clock = new FakeClock();
  const sink = new FakeSink();
  const workers = new FakeWorkers();
  const supervisor = createSupervisor({
    services,
    clock,
    log: new FakeLog(),
    random,
    startWorker: workers.start,
  });
  return { clock, sink, workers, supervisor };
}
