import { assertEquals } from "@std/assert";

import { Timeline } from "./timeline.ts";

Deno.test("promise 7, latency is measured always: each sample until its decision, and until the socket", async () => {
  const timeline = new Timeline();
  await timeline.send("checkout", { cpu: 40 }, 5);
  const { decision, delivery, live, collector, hub } = timeline.monitor.counts();
  assertEquals([collector.accepted, decision.count, delivery.count], [5, 5, 5]);
  assertEquals([delivery.sumS, delivery.cumulative[0]], [0, 5]);
  assertEquals([live.peers, live.latencyMs === null, hub.sent > 5], [1, false, true]);
});
