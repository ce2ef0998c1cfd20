import { assert, assertEquals } from "@std/assert";

import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";

import { type ConfigChange, configOf } from "../support/config.ts";
import { BUSY, DELIVERED } from "../support/fake_receiver.ts";
import { receiverConfig } from "../support/receiver_config.ts";
import { Lives } from "./lives.ts";

function configured(change: ConfigChange = {}): MonitorConfig {
  return configOf({ receivers: [receiverConfig("ops", { groupWaitMs: 2_000 })], ...change });
}

function live(change: ConfigChange = {}): Lives {
  return new Lives(configured(change));
}

Deno.test("a restart repeats no notification, and tells of the end once (promise 4)", async () => {
  const lives = live();
  await lives.send({ cpu: 99 }, 8);
  assertEquals(lives.told, ["first HIGH_CPU"]);
  await lives.restart(60_000);
  await lives.send({ cpu: 99 }, 8);
  assertEquals(lives.told, ["first HIGH_CPU"]);
  await lives.restart(60_000);
  await lives.send({ cpu: 20 }, 8);
  assertEquals(lives.told, ["first HIGH_CPU", "resolved HIGH_CPU"]);
  const [first, resolved] = lives.receiver.sent;
  assertEquals(first?.incident, resolved?.incident);
});

Deno.test("a restart forgets no notification that waits, and sends it under the same id", async () => {
  const lives = live();
  lives.receiver.script.push(BUSY, BUSY, "hang");
  await lives.send({ cpu: 99 }, 12);
  const [id] = lives.receiver.ids;
  assertEquals(new Set(lives.receiver.ids).size, 1);
  await lives.restart(10_000);
  lives.receiver.answer(DELIVERED);
  await lives.send({ cpu: 99 }, 30);
  assertEquals(new Set(lives.receiver.ids), new Set([id]));
  const [entry] = lives.monitor.desk.notifications({
    ...{ receiver: null, service: null, alert: null, state: null, limit: 10, before: null },
  });
  assertEquals([entry?.id, entry?.state], [id, "delivered"]);
  assert((entry?.tries ?? 0) >= 3);
});

Deno.test("a restart in the wait for what fails together tells once, with all of it", async () => {
  const lives = live();
  await lives.send({ cpu: 99, memory: 99 }, 3);
  assertEquals(lives.told, []);
  await lives.restart(500);
  await lives.send({ cpu: 99, memory: 99 }, 5);
  assertEquals(lives.told, ["first HIGH_CPU+HIGH_MEMORY"]);
});

Deno.test("what is not written down is told to nobody", async () => {
  const lives = live({ receivers: [receiverConfig("ops")] });
  lives.commitMs = 400;
  await lives.send({ cpu: 99 }, 2);
  assertEquals(
    lives.monitor.collector.ingest([{ service: "checkout", metrics: { cpu: 99 } }]).kind,
    "accepted",
  );
  await lives.clock.advance(300);
  assertEquals(lives.monitor.collector.alertsOf("checkout").map(({ state }) => state), ["firing"]);
  assertEquals(lives.told, []);
  lives.kill();
  await lives.clock.advance(5_000);
  assertEquals(lives.told, []);
  lives.start();
  assertEquals(lives.monitor.collector.alertsOf("checkout").map(({ state }) => state), ["pending"]);
  await lives.send({ cpu: 99 }, 3);
  assertEquals(lives.told, ["first HIGH_CPU"]);
});

Deno.test("the time without a monitor is no outage of a service, nor its end", async () => {
  const lives = live({ push: ["checkout", "db"] });
  await lives.send({ cpu: 20 }, 3, "db");
  await lives.clock.advance(10_000);
  assertEquals(lives.told, ["first SERVICE_DOWN", "first SERVICE_DOWN"]);
  await lives.restart(3_600_000);
  await lives.clock.advance(60_000);
  assertEquals(lives.told, ["first SERVICE_DOWN", "first SERVICE_DOWN"]);
  await lives.send({ cpu: 20 }, 3, "db");
  assertEquals(lives.told.slice(2), ["resolved SERVICE_DOWN"]);
});

Deno.test("a reminder that fell due meanwhile comes once", async () => {
  const ops = receiverConfig("ops", { repeatMs: 3_600_000 });
  const lives = live({ receivers: [ops] });
  await lives.send({ cpu: 99 }, 4);
  await lives.restart(7_200_000);
  await lives.send({ cpu: 99 }, 10);
  assertEquals(lives.told, ["first HIGH_CPU", "repeat HIGH_CPU"]);
});

Deno.test("a receiver that is not configured any more is not waited for", async () => {
  const lives = live();
  lives.receiver.script.push("hang");
  await lives.send({ cpu: 99 }, 8);
  await lives.restart(1_000, configured({ receivers: [receiverConfig("other")] }));
  const query = {
    receiver: "ops",
    service: null,
    alert: null,
    state: null,
    limit: 10,
    before: null,
  };
  assertEquals(
    lives.monitor.desk.notifications(query)[0]?.reason,
    "the receiver is not configured any more",
  );
});

Deno.test("a silence that ended meanwhile holds nothing back", async () => {
  const lives = live();
  await lives.send({ cpu: 20 });
  lives.monitor.desk.addSilence({
    matcher: { service: "checkout", rule: null, tag: null, severity: null },
    startsAt: null,
    endsAt: lives.clock.now() + 60_000,
    author: "Anna",
    reason: "deploy",
  });
  await lives.send({ cpu: 99 }, 8);
  assertEquals(lives.told, []);
  await lives.restart(30_000);
  await lives.send({ cpu: 99 }, 3);
  assertEquals(lives.told, []);
  await lives.restart(60_000);
  await lives.clock.advance(0);
  assertEquals(lives.told, ["first HIGH_CPU"]);
});

Deno.test("when nothing can be written, people are told all the same, and it is written later", async () => {
  const lives = live();
  await lives.send({ cpu: 20 });
  lives.fault = "full";
  await lives.send({ cpu: 99 }, 8);
  assertEquals(lives.told, ["first HIGH_CPU"]);
  const { status, checks } = lives.monitor.health();
  assertEquals([status, checks.history?.status], ["warn", "warn"]);
  lives.fault = null;
  await lives.send({ cpu: 99 }, 20);
  assertEquals(lives.monitor.health().checks.history?.status, "pass");
  assertEquals(lives.kept.samples.length, 29);
  await lives.restart(1_000);
  await lives.send({ cpu: 99 }, 5);
  assertEquals(lives.told, ["first HIGH_CPU"]);
});
