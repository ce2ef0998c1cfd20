import { assertEquals } from "@std/assert";

import { DELIVERED, type FakeAnswer } from "../support/fake_receiver.ts";
import { receiverConfig } from "../support/receiver_config.ts";
import { configOf } from "../support/config.ts";
import { Timeline } from "./timeline.ts";

const CROWD = Array.from({ length: 1_200 }, (_, index) => `s${index}`);

/** A monitor that tells `ops` of 1,200 services, all of which have just gone DOWN. */
async function crowdDown(script: readonly FakeAnswer[] = []): Promise<Timeline> {
  const rate = { count: 10_000, spanMs: 1_000 };
  const timeline = new Timeline(configOf({ receivers: [receiverConfig("ops", { rate })] }));
  timeline.receiver("ops").script.push(...script);
  pushAll(timeline);
  await timeline.quiet(10_000);
  await letDeliver(timeline);
  return timeline;
}

/** Many messages take many turns of the event loop, though no time. */
async function letDeliver(timeline: Timeline): Promise<void> {
  for (let round = 0; round < 300; round++) await timeline.quiet(0);
}

function pushAll(timeline: Timeline): void {
  timeline.monitor.collector.ingest(CROWD.map((service) => ({ service, metrics: {} })));
}

Deno.test("1,200 services that come back at once: each end is told as one, and pages keep no ghost", async () => {
  const timeline = await crowdDown();
  assertEquals(timeline.alerts.length, CROWD.length);
  // What was sent a moment ago makes the ends wait for the next frame.
  timeline.monitor.collector.ingest([{ service: "other", metrics: {} }]);
  pushAll(timeline);
  await timeline.quiet(1_000);
  await letDeliver(timeline);
  assertEquals(timeline.alerts, []);
  const ends = timeline.receiver("ops").sent.filter(({ state }) => state === "resolved");
  const firing = ends.filter(({ alerts }) => alerts.some(({ state }) => state !== "resolved"));
  assertEquals([ends.length, firing.map(({ title }) => title)], [CROWD.length, []]);
  assertEquals(timeline.monitor.collector.alerts(ENDED).length, 1_000);
});

Deno.test("1,200 outages are all told, and all told to be over, by a receiver that was away meanwhile", async () => {
  const timeline = await crowdDown(["hang"]);
  pushAll(timeline);
  timeline.receiver("ops").answer(DELIVERED);
  await letDeliver(timeline);
  const told = (reason: string) => timeline.told.filter((line) => line.includes(` ${reason} `));
  assertEquals([told("first").length, told("resolved").length], [CROWD.length, CROWD.length]);
});

const ENDED = {
  state: "resolved",
  service: null,
  severity: null,
  after: null,
  limit: 2_000,
} as const;
