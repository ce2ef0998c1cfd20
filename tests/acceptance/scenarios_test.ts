import { assert, assertEquals } from "@std/assert";

import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import { startInProcess } from "@/tests/simulators/worker_in_process.ts";

import { configOf } from "../support/config.ts";
import { playable } from "../support/playable.ts";
import { receiverConfig } from "../support/receiver_config.ts";
import { Timeline } from "./timeline.ts";

const SERVICE = "auth-service";
const OUTAGE = { at: "10s", service: SERVICE, kind: "outage", duration: "20s" };
const DOWN = { service: SERVICE, rule: "SERVICE_DOWN", fires: "15s", resolves: "31s" };
const STORY = playable({
  timeline: [OUTAGE],
  expects: { alerts: [DOWN], notifications: { total: 2, first: 1, resolved: 1 } },
});

function simulating(config: Partial<MonitorConfig> = {}): Timeline {
  const timeline = new Timeline(
    { ...configOf({ simulated: [SERVICE] }), ...config },
    startInProcess,
  );
  timeline.monitor.scenarios.offer({ scenarios: [STORY], problems: new Map() });
  return timeline;
}

Deno.test("a scenario is on the screen of all viewers from beginning to verdict", async () => {
  const timeline = simulating();
  await timeline.quiet(5_000);
  assertEquals(timeline.screen?.stats.scenario, null);
  assertEquals(timeline.monitor.scenarios.start("trial").kind, "done");
  await timeline.quiet(2_000);
  const shown = () => timeline.screen?.stats.scenario;
  assertEquals([shown()?.state, shown()?.next?.what], ["running", `Outage on ${SERVICE}`]);
  await timeline.quiet(15_000);
  assertEquals([timeline.status(SERVICE), shown()?.next?.atMs], ["DOWN", 30_000]);
  await timeline.quiet(45_000);
  // Nobody is told, so what would be told is not compared.
  assertEquals([shown()?.state, shown()?.differences], ["passed", []]);
  await timeline.quiet(30_000);
  assertEquals(shown(), null);
  await timeline.monitor.stop();
});

Deno.test("notifications count at the first receiver that is told of everything", async () => {
  const picky = receiverConfig("picky", { matcher: { ...MATCH_ALL, rule: "HIGH_*" } });
  const all = receiverConfig("all");
  const timeline = simulating({ receivers: [picky, all] });
  await timeline.quiet(5_000);
  assertEquals(timeline.monitor.scenarios.start("trial").kind, "done");
  await timeline.quiet(61_000);
  assertEquals(timeline.monitor.scenarios.current()?.differences, []);
  const told = timeline.monitor.scenarios.events().filter(({ kind }) => kind === "notification");
  assertEquals(told.length, 2);
  await timeline.monitor.stop();
});

Deno.test("a scenario that does not fit the configuration is refused, with the reason", async (t) => {
  const rows: [name: string, config: MonitorConfig, reason: string][] = [
    ["no such service", configOf(), "is not configured"],
    ["a pushing one", configOf({ push: [SERVICE] }), "is not simulated"],
    ["other rules", configOf({ simulated: [SERVICE], rules: [] }), "has other rules"],
    [
      "other dependencies",
      configOf({ simulated: [SERVICE], push: ["db"], dependsOn: { [SERVICE]: ["db"] } }),
      "must depend on nothing",
    ],
  ];
  for (const [name, config, reason] of rows) {
    await t.step(name, async () => {
      const timeline = simulating();
      await timeline.monitor.reconfigure(config);
      assertEquals(timeline.monitor.scenarios.start("trial"), {
        kind: "conflict",
        reason: `"trial" needs ${SERVICE}, which ${reason}`,
      });
      await timeline.monitor.stop();
    });
  }
});

Deno.test("services stay calm through a new configuration, and have their own trouble afterwards", async () => {
  const timeline = simulating();
  timeline.monitor.scenarios.offer({
    scenarios: [playable({ duration: "30m" }, "long")],
    problems: new Map(),
  });
  assertEquals(timeline.monitor.scenarios.start("long").kind, "done");
  await timeline.monitor.reconfigure(configOf({ simulated: [SERVICE, "other"] }));
  await timeline.quiet(30 * 60_000);
  assertEquals(timeline.monitor.scenarios.current()?.state, "passed");
  const before = timeline.story.length;
  assertEquals(timeline.story.filter((line) => line.includes("firing")), []);
  await timeline.quiet(30 * 60_000);
  assert(timeline.story.slice(before).some((line) => line.includes("firing")));
  await timeline.monitor.stop();
});
