import { assert, assertEquals } from "@std/assert";

import { configOf } from "../support/config.ts";
import { Timeline } from "./timeline.ts";

Deno.test("a spike shorter than `for` never fires", async () => {
  const timeline = new Timeline();
  await timeline.send("checkout", { cpu: 40 }, 3);
  await timeline.send("checkout", { cpu: 97 }, 2);
  await timeline.send("checkout", { cpu: 40 }, 3);
  assertEquals(timeline.story, ["3 checkout HIGH_CPU pending", "5 checkout HIGH_CPU resolved"]);
  assertEquals(timeline.status("checkout"), "HEALTHY");
  assertEquals(
    timeline.monitor.collector.alerts({
      state: "all",
      service: null,
      severity: null,
      after: null,
      limit: 9,
    }),
    [],
  );
});

Deno.test("a slow ramp fires at the third sample above the limit and resolves at the first good one", async () => {
  const timeline = new Timeline();
  for (let cpu = 80; cpu <= 90; cpu++) await timeline.send("checkout", { cpu });
  assertEquals(timeline.status("checkout"), "DEGRADED");
  await timeline.send("checkout", { cpu: 50 });
  assertEquals(timeline.story, [
    "6 checkout HIGH_CPU pending",
    "8 checkout HIGH_CPU firing",
    "11 checkout HIGH_CPU resolved",
  ]);
  assertEquals(timeline.status("checkout"), "HEALTHY");
});

Deno.test("silence is never recovery: an outage under a firing alert ends neither", async () => {
  const timeline = new Timeline();
  await timeline.send("checkout", { cpu: 95 }, 4);
  await timeline.quiet(3_600_000);
  assertEquals(timeline.status("checkout"), "DOWN");
  assertEquals(
    [...timeline.screen?.alerts.values() ?? []].map(({ rule, state }) => [rule, state]),
    [["HIGH_CPU", "firing"], ["SERVICE_DOWN", "firing"]],
  );
  await timeline.send("checkout", { cpu: 95 });
  assertEquals(timeline.status("checkout"), "DEGRADED");
  await timeline.send("checkout", { cpu: 20 });
  assertEquals(timeline.status("checkout"), "HEALTHY");
});

Deno.test("a stopped service is DOWN at its heartbeat limit, and its return shows at once", async () => {
  const timeline = new Timeline();
  await timeline.send("checkout", { cpu: 20 }, 3);
  await timeline.quiet(3_999);
  assertEquals(timeline.status("checkout"), "HEALTHY");
  await timeline.quiet(1);
  assertEquals(timeline.status("checkout"), "DOWN");
  assertEquals(timeline.story, ["7 checkout SERVICE_DOWN firing"]);
  timeline.monitor.collector.ingest([{ service: "checkout", metrics: {} }]);
  await timeline.quiet(50);
  assertEquals(timeline.status("checkout"), "HEALTHY");
});

Deno.test("a listed service that never reports is UNKNOWN for its limit, then DOWN", async () => {
  const timeline = new Timeline(configOf({ push: ["cron"] }));
  assertEquals(timeline.status("cron"), "UNKNOWN");
  await timeline.quiet(5_050);
  assertEquals(timeline.status("cron"), "DOWN");
});

Deno.test("every alert explains itself on the screen: rule, samples, number and limit", async () => {
  const timeline = new Timeline();
  for (const cpu of [91, 92, 93]) await timeline.send("checkout", { cpu });
  const [alert] = timeline.screen?.alerts.values() ?? [];
  assert(alert?.definition.kind === "threshold");
  assertEquals(alert.definition.name, "HIGH_CPU");
  assertEquals(alert.evidence.map(({ value }) => value), [91, 92, 93]);
  assertEquals([alert.value, alert.limit, alert.unit], [93, 85, "%"]);
  assertEquals(alert.message, "CPU 93.0 % above 85 % for 3 samples");
});

Deno.test("the same acts at the same times give the same messages, byte for byte", async () => {
  async function record(): Promise<string> {
    const timeline = new Timeline();
    const messages: string[] = [];
    timeline.monitor.hub.connect({
      bufferedBytes: 0,
      send: (text) => void messages.push(text),
      close: () => {},
    }, { resume: null });
    for (const cpu of [91, 92, 93, 20]) await timeline.send("checkout", { cpu, latency: cpu * 9 });
    await timeline.quiet(20_000);
    return messages.join("\n");
  }
  assertEquals(await record(), await record());
});

Deno.test("a reload of the configuration reaches the screen whole", async () => {
  const timeline = new Timeline(configOf({ push: ["old"] }));
  await timeline.send("guest", { cpu: 10 });
  await timeline.monitor.reconfigure(configOf({ push: ["new"], simulated: ["sim"] }));
  await timeline.quiet(100);
  assertEquals([...timeline.screen?.services.keys() ?? []].toSorted(), ["guest", "new", "sim"]);
  assertEquals(timeline.monitor.health().checks.workers?.observedValue, 1);
  await timeline.monitor.stop();
});

Deno.test("stop() tells the browser to come back and leaves no timer behind", async () => {
  const timeline = new Timeline(configOf({ simulated: ["sim"] }));
  await timeline.send("checkout", { cpu: 10 }, 2);
  await Promise.all([timeline.monitor.stop(), timeline.monitor.stop()]);
  assertEquals(timeline.closed, [1012]);
  assertEquals(timeline.clock.pending, 0);
  assertEquals(timeline.monitor.health().status, "fail");
});

Deno.test("two monitors in one process know nothing of each other", async () => {
  const one = new Timeline();
  const other = new Timeline();
  await one.send("checkout", { cpu: 10 });
  assertEquals([one.screen?.services.size, other.screen?.services.size], [1, 0]);
});
