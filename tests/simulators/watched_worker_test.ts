import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import type { Fault } from "@/simulators/faults.ts";
import { MAX_INVALID_IN_A_ROW, WatchedWorker } from "@/simulators/watched_worker.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

import { FakeLog, FakeSink, FakeWorkers } from "./fake_workers.ts";

const SERVICE = { name: "checkout", profile: "api", seed: 3 };

Deno.test("WatchedWorker starts one worker and tells it who it is", () => {
  const { worker, workers, sink } = started();
  worker.start();
  assertEquals(workers.started.length, 1);
  assertEquals(workers.last.told, [{
    type: "init",
    service: "checkout",
    profile: "api",
    seed: 3,
    intervalMs: 1_000,
    faults: [],
  }]);
  assertEquals(sink.views, [["checkout", { state: "running", restarts: 0, reason: null }]]);
});

Deno.test("WatchedWorker passes samples on, and keeps signs of life to itself", () => {
  const { workers, sink } = started();
  workers.last.sample("checkout", 5_000);
  workers.last.say({ type: "alive", service: "checkout", at: 6_000 });
  const metrics = { cpu: 41, memory: 63, latency: 120, errorRate: 0.4 };
  assertEquals(sink.samples, [{ service: "checkout", at: 5_000, metrics }]);
});

Deno.test("WatchedWorker starts a crashed worker again, after pauses that grow", async () => {
  const { clock, worker, workers, sink } = started();
  for (const [restarts, pauseMs] of [[1, 500], [2, 1_000], [3, 2_000]] as const) {
    workers.last.crash("boom");
    assert(workers.last.terminated);
    const reason = "crashed: boom";
    assertEquals(sink.views.at(-1), ["checkout", { state: "restarting", restarts, reason }]);
    await clock.advance(pauseMs - 1);
    assertEquals(workers.started.length, restarts);
    await clock.advance(1);
    assertEquals(workers.started.length, restarts + 1);
    assertEquals(worker.view, { state: "running", restarts, reason });
    assertEquals(sink.views.at(-1), ["checkout", worker.view]);
  }
});

Deno.test("WatchedWorker pauses briefly again after a healthy minute", async () => {
  const { clock, workers } = started();
  for (const pauseMs of [500, 1_000]) {
    workers.last.crash("boom");
    await clock.advance(pauseMs);
  }
  for (let second = 0; second < 60; second++) {
    await clock.advance(1_000);
    workers.last.sample("checkout", clock.now());
  }
  workers.last.crash("boom");
  await clock.advance(500);
  assertEquals(workers.started.length, 4);
});

Deno.test("WatchedWorker does not take a minute of silence for a healthy one", async () => {
  const { clock, workers } = started({ startMs: 90_000 });
  workers.last.crash("boom");
  await clock.advance(500 + 61_000);
  workers.last.crash("boom");
  await clock.advance(999);
  assertEquals(workers.started.length, 2);
});

Deno.test("WatchedWorker restarts a worker that was silent for 5 s", async () => {
  const { clock, worker, workers } = started();
  workers.last.sample("checkout", 1);
  await clock.advance(3_000);
  workers.last.say({ type: "alive", service: "checkout", at: 2 });
  await clock.advance(4_999);
  assertEquals(worker.view.restarts, 0);
  await clock.advance(1);
  assertEquals(worker.view, { state: "restarting", restarts: 1, reason: "silent for 5 s" });
  assert(workers.last.terminated);
});

Deno.test("WatchedWorker gives a new worker more time for its first message", async () => {
  const { clock, worker } = started();
  await clock.advance(14_999);
  assertEquals(worker.view.restarts, 0);
  await clock.advance(1);
  assertEquals(worker.view.reason, "silent for 15 s");
});

Deno.test("WatchedWorker keeps one timer, however many messages come", async () => {
  const { clock, workers } = started();
  for (let second = 0; second < 100; second++) {
    workers.last.sample("checkout", second);
    await clock.advance(1_000);
    assertEquals(clock.pending, 1);
  }
});

Deno.test("WatchedWorker counts and logs invalid messages without believing them", () => {
  const { worker, workers, sink, log } = started();
  workers.last.say({ type: "sample", service: "other", at: 1, metrics: {} });
  workers.last.say(null);
  assertEquals([worker.invalidMessages, sink.samples.length], [2, 0]);
  assertEquals(log.events.map(([event]) => event), [
    "worker message refused",
    "worker message refused",
  ]);
  assertEquals(worker.view.state, "running");
});

Deno.test("WatchedWorker restarts a worker for too many invalid messages in a row only", () => {
  const { worker, workers } = started();
  for (let round = 0; round < 3; round++) {
    for (let count = 1; count < MAX_INVALID_IN_A_ROW; count++) workers.last.say("nonsense");
    workers.last.sample("checkout", round);
  }
  assertEquals(worker.view.restarts, 0);
  for (let count = 0; count < MAX_INVALID_IN_A_ROW; count++) workers.last.say("nonsense");
  assertEquals([worker.view.state, worker.view.restarts], ["restarting", 1]);
  assertStringIncludes(worker.view.reason ?? "", "5 invalid messages in a row");
});

Deno.test("WatchedWorker ignores what an earlier worker still says", async () => {
  const { clock, worker, workers, sink } = started();
  const earlier = workers.last;
  earlier.crash("boom");
  earlier.sample("checkout", 1);
  await clock.advance(500);
  earlier.sample("checkout", 2);
  earlier.say("nonsense");
  earlier.crash("boom again");
  assertEquals(sink.samples, []);
  assertEquals([worker.invalidMessages, worker.view.restarts], [0, 1]);
  assertEquals(worker.view.state, "running");
});

Deno.test("WatchedWorker keeps trying while the runtime refuses to start a worker", async () => {
  const { clock, worker, workers } = started();
  workers.refusal = "no threads left";
  workers.last.crash("boom");
  await clock.advance(500 + 1_000);
  assertEquals(worker.view, {
    state: "restarting",
    restarts: 3,
    reason: "could not be started: no threads left",
  });
  workers.refusal = undefined;
  await clock.advance(2_000);
  assertEquals(worker.view.state, "running");
});

Deno.test("WatchedWorker tells a new worker what is left of the faults, but no spent crash", async () => {
  const { clock, worker, workers } = started();
  const now = clock.now();
  const long = fault({ kind: "cpu-spike", startedAt: now, durationMs: 60_000 });
  const short = fault({ kind: "outage", startedAt: now, durationMs: 400 });
  const crash = fault({ kind: "crash", startedAt: now, durationMs: 60_000 });
  worker.setFaults([long, short, crash]);
  assertEquals(workers.last.told.at(-1), { type: "faults", faults: [long, short, crash] });
  workers.last.crash("boom");
  await clock.advance(500);
  const [init] = workers.last.told;
  assertEquals(init?.type === "init" ? init.faults : undefined, [long]);
});

Deno.test("WatchedWorker does not let a worker feel the crash of the one before, whatever faults follow", async () => {
  const { clock, worker, workers } = started();
  const now = clock.now();
  const crash = fault({ kind: "crash", startedAt: now, durationMs: 60_000 });
  worker.setFaults([crash]);
  await clock.advance(100);
  workers.last.crash("boom");
  await clock.advance(500);
  const spike = fault({ kind: "cpu-spike", startedAt: clock.now(), durationMs: 60_000 });
  worker.setFaults([crash, spike]);
  assertEquals(workers.last.told.at(-1), { type: "faults", faults: [spike] });
});

Deno.test("WatchedWorker keeps faults that are set during a pause for the next worker", async () => {
  const { clock, worker, workers } = started();
  workers.last.crash("boom");
  const spike = fault({ kind: "cpu-spike", startedAt: clock.now(), durationMs: 60_000 });
  worker.setFaults([spike]);
  await clock.advance(500);
  const [init] = workers.last.told;
  assertEquals(init?.type === "init" ? init.faults : undefined, [spike]);
});

Deno.test("WatchedWorker tells the worker and all after it to be calm", async () => {
  const { clock, worker, workers } = started();
  worker.setCalm(true);
  assertEquals(workers.last.told.at(-1), { type: "calm", isCalm: true });
  workers.last.crash("boom");
  await clock.advance(500);
  assertEquals(workers.last.told.map(({ type }) => type), ["init", "calm"]);
  worker.setCalm(false);
  assertEquals(workers.last.told.at(-1), { type: "calm", isCalm: false });
});

Deno.test("WatchedWorker.stop() ends the worker and its watch", async () => {
  const { clock, worker, workers, sink } = started();
  worker.stop();
  worker.stop();
  assertEquals(workers.last.told.at(-1), { type: "stop" });
  assert(workers.last.terminated);
  workers.last.sample("checkout", 1);
  workers.last.crash("boom");
  await clock.advance(60_000);
  assertEquals([workers.started.length, sink.samples.length, clock.pending], [1, 0, 0]);
});

Deno.test("WatchedWorker.stop() ends a pause", async () => {
  const { clock, worker, workers } = started();
  workers.last.crash("boom");
  worker.stop();
  await clock.advance(60_000);
  assertEquals([workers.started.length, clock.pending], [1, 0]);
});

Deno.test("WatchedWorker cuts the words of a worker that says too much", () => {
  const { worker, workers } = started();
  workers.last.crash("x".repeat(10_000));
  assertEquals(worker.view.reason?.length, 200);
});

function fault(choice: Pick<Fault, "kind" | "startedAt" | "durationMs">): Fault {
  return { service: "checkout", intensity: 1, ...choice };
}

function started({ startMs = 15_000 }: { readonly startMs?: number } = {}) {
  const clock = new FakeClock();
  const log = new FakeLog();
  const sink = new FakeSink();
  const workers = new FakeWorkers();
  const worker = new WatchedWorker(SERVICE, sink, {
    clock,
    log,
    random: () => 0,
    startWorker: workers.start,
    intervalMs: 1_000,
    silentMs: 5_000,
    startMs,
  });
  worker.start();
  return { clock, log, sink, workers, worker };
}
