import { assert, assertEquals } from "@std/assert";

import type { FaultKind } from "@/lib/domain/fault.ts";
import { startInProcess } from "@/tests/simulators/worker_in_process.ts";

import { configOf } from "../support/config.ts";
import { Timeline } from "./timeline.ts";

/** A monitor of one simulated service whose workers do their work. */
function simulating(): Timeline {
  return new Timeline(configOf({ simulated: ["auth"], push: ["checkout"] }), startInProcess);
}

function inject(timeline: Timeline, kind: FaultKind, change: { intensity?: number } = {}): string {
  const draft = { service: "auth", kind, intensity: 0.8, durationMs: 30_000, ...change };
  const result = timeline.monitor.faults.add(draft);
  assert(result.kind === "done");
  return result.value.id;
}

/** What the screen has shown of a rule, without seconds. */
function storyOf({ story }: Timeline, rule: string): string[] {
  return story.filter((line) => line.includes(` auth ${rule} `)).map((line) =>
    line.split(" ")[3] ?? ""
  );
}

Deno.test("a fault is on the screen at once, does its harm, and leaves when it is over", async () => {
  const timeline = simulating();
  await timeline.quiet(5_000);
  const id = inject(timeline, "cpu-spike");
  await timeline.quiet(100);
  const [shown] = timeline.screen?.services.get("auth")?.faults ?? [];
  const startedAt = timeline.clock.now() - 100;
  assertEquals(shown, { id, kind: "cpu-spike", startedAt, durationMs: 30_000 });
  await timeline.quiet(10_000);
  assertEquals(timeline.status("auth"), "DEGRADED");
  await timeline.quiet(30_000);
  assertEquals(timeline.screen?.services.get("auth")?.faults, []);
  assertEquals(storyOf(timeline, "HIGH_CPU"), ["pending", "firing", "resolved"]);
  await timeline.monitor.stop();
});

Deno.test("a fault that is ended early harms no more", async () => {
  const timeline = simulating();
  const id = inject(timeline, "outage");
  await timeline.quiet(8_000);
  assertEquals(timeline.status("auth"), "DOWN");
  assertEquals(timeline.monitor.faults.end(id).kind, "done");
  await timeline.quiet(2_000);
  assertEquals(timeline.status("auth"), "HEALTHY");
  assertEquals(timeline.screen?.services.get("auth")?.faults, []);
  await timeline.monitor.stop();
});

Deno.test("a crash ends the worker once, whatever else is injected", async () => {
  const timeline = simulating();
  await timeline.quiet(2_000);
  inject(timeline, "crash");
  await timeline.quiet(3_500);
  inject(timeline, "cpu-spike");
  await timeline.quiet(10_000);
  const source = timeline.screen?.services.get("auth")?.source;
  assert(source?.kind === "simulated");
  assertEquals([source.worker.state, source.worker.restarts], ["running", 1]);
  assertEquals(source.worker.reason, 'crashed: Cannot go on: "auth" was told to crash');
  await timeline.monitor.stop();
});

Deno.test("a service that flaps fires and resolves again and again until Vitals notices", async () => {
  const timeline = simulating();
  inject(timeline, "flapping");
  await timeline.quiet(30_000);
  const turns = ["pending", "firing", "resolved"];
  assertEquals(storyOf(timeline, "HIGH_ERROR_RATE").slice(0, 6), [...turns, ...turns]);
  assertEquals(timeline.screen?.services.get("auth")?.flapping, ["HIGH_ERROR_RATE"]);
  await timeline.monitor.stop();
});

Deno.test("a skewed clock is no outage: samples count while it is ahead, and are late once it is right", async () => {
  const timeline = simulating();
  await timeline.quiet(5_000);
  inject(timeline, "clock-skew", { intensity: 1 });
  await timeline.quiet(29_000);
  const { collector } = timeline.monitor;
  assertEquals(collector.counters(), { accepted: 34, late: 0, refused: 0 });
  await timeline.quiet(11_000);
  // They do not move what is shown, but they are signs of life.
  assertEquals(collector.counters(), { accepted: 45, late: 10, refused: 0 });
  assertEquals(timeline.status("auth"), "HEALTHY");
  await timeline.quiet(60_000);
  assertEquals(collector.counters().late, 45);
  await timeline.monitor.stop();
});

Deno.test("a slow network is taken for an outage until the first late sample, and then is not", async () => {
  const timeline = simulating();
  await timeline.quiet(5_000);
  inject(timeline, "slow-network");
  await timeline.quiet(5_000);
  assertEquals(timeline.status("auth"), "DOWN");
  await timeline.quiet(3_000);
  assertEquals(timeline.status("auth"), "HEALTHY");
  await timeline.quiet(15_000);
  const { clock, monitor } = timeline;
  const points = timeline.screen?.services.get("auth")?.metrics.cpu?.points ?? [];
  assertEquals(Math.floor((clock.now() - (points.at(-1)?.at ?? 0)) / 1_000), 6);
  assertEquals(storyOf(timeline, "SERVICE_DOWN"), ["firing", "resolved"]);
  assertEquals(monitor.collector.service("auth")?.source.kind, "simulated");
  await monitor.stop();
});

Deno.test("a mildly slow network is no outage", async () => {
  const timeline = simulating();
  await timeline.quiet(5_000);
  inject(timeline, "slow-network", { intensity: 0.4 });
  await timeline.quiet(40_000);
  assertEquals(storyOf(timeline, "SERVICE_DOWN"), []);
  await timeline.monitor.stop();
});

Deno.test("faults survive a reload that keeps the service, and end with one that goes", async () => {
  const timeline = simulating();
  const id = inject(timeline, "outage");
  await timeline.quiet(2_000);
  await timeline.monitor.reconfigure(configOf({ simulated: ["auth", "search"] }));
  await timeline.quiet(5_000);
  assertEquals(timeline.status("auth"), "DOWN");
  assertEquals(timeline.screen?.services.get("auth")?.faults.map((fault) => fault.id), [id]);
  await timeline.monitor.reconfigure(configOf({ simulated: ["search"], push: ["auth"] }));
  await timeline.quiet(100);
  assertEquals(timeline.monitor.faults.list(), []);
  assertEquals(timeline.screen?.services.get("auth")?.faults, []);
  await timeline.monitor.stop();
});
