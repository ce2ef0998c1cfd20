import { assert, assertEquals } from "@std/assert";

import { readRestored } from "@/lib/history/read_restored.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import { type ConfigChange, configOf } from "../support/config.ts";
import { BUSY, DELIVERED, REFUSED } from "../support/fake_receiver.ts";
import { receiverConfig } from "../support/receiver_config.ts";
import { Lives } from "./lives.ts";

function configured(change: ConfigChange = {}): MonitorConfig {
  return configOf({ receivers: [receiverConfig("ops")], ...change });
}
function live(change: ConfigChange = {}): Lives {
  return new Lives(configured(change));
}

Deno.test("after the clock was set back and a restart, rules see samples at once", async () => {
  const lives = live();
  await lives.send({ cpu: 20 }, 5);
  lives.clock.step(-3_600_000);
  await lives.send({ cpu: 20 }, 5);
  await lives.restart(2_000);
  await lives.send({ cpu: 99 }, 5);
  assertEquals(lives.told, ["first HIGH_CPU"]);
});

Deno.test("after the clock was set back, rules see samples at once", async () => {
  const lives = live();
  await lives.send({ cpu: 20 }, 5);
  lives.clock.step(-3_600_000);
  await lives.send({ cpu: 20 }, 5);
  await lives.send({ cpu: 99 }, 5);
  assertEquals(lives.told, ["first HIGH_CPU"]);
});

Deno.test("after the clock was set back and a restart, rules see samples that their sender dates", async () => {
  const lives = live();
  await lives.send({ cpu: 20 }, 5);
  lives.clock.step(-3_600_000);
  await lives.send({ cpu: 20 }, 5);
  await lives.restart(2_000);
  for (let i = 0; i < 6; i++) {
    lives.monitor.collector.ingest([{
      service: "checkout",
      at: lives.clock.now(),
      metrics: { cpu: 99 },
    }]);
    await lives.clock.advance(1000);
  }
  assertEquals(lives.told, ["first HIGH_CPU"]);
});

Deno.test("flapping that nobody watched does not calm down", async () => {
  const lives = live();
  for (let i = 0; i < 3; i++) {
    await lives.send({ cpu: 99 }, 4);
    await lives.send({ cpu: 20 }, 4);
  }
  const before = [...lives.told];
  await lives.restart(3_600_000);
  await lives.clock.advance(1_000);
  assertEquals(lives.told, before, `before ${before}`);
});

Deno.test("after the clock was set back while nobody looked, a further alert is told in time", async () => {
  const lives = live({ receivers: [receiverConfig("ops", { groupIntervalMs: 10_000 })] });
  await lives.send({ cpu: 99 }, 5);
  lives.kill();
  lives.clock.step(-3_600_000);
  await lives.clock.advance(1000);
  lives.start();
  await lives.send({ cpu: 99, memory: 99 }, 60);
  assertEquals(lives.told, ["first HIGH_CPU", "more HIGH_MEMORY+HIGH_CPU"]);
});

Deno.test("after the clock was set back while nobody looked, the first message comes in time", async () => {
  const lives = live({ receivers: [receiverConfig("ops", { groupWaitMs: 5_000 })] });
  await lives.send({ cpu: 99 }, 4);
  lives.kill();
  lives.clock.step(-3_600_000);
  await lives.clock.advance(1000);
  lives.start();
  await lives.send({ cpu: 99 }, 120);
  assertEquals(lives.told, ["first HIGH_CPU"]);
});

Deno.test("the grace after a parent's recovery does not run out while nobody looks", async () => {
  const lives = live({ dependsOn: { api: ["db"] }, push: ["api", "db"] });
  for (let i = 0; i < 3; i++) {
    await lives.send({ cpu: 20 }, 1, "db");
    lives.monitor.collector.ingest([{ service: "api", metrics: {} }]);
  }
  await lives.clock.advance(20_000);
  await lives.send({ cpu: 20 }, 2, "db");
  const before = [...lives.told];
  await lives.restart(60_000);
  await lives.clock.advance(1_000);
  assertEquals(lives.told, before, `before ${before}`);
});

Deno.test("a service that came by itself and was listed since goes when it is dropped between two runs", async () => {
  const lives = live();
  await lives.send({ cpu: 20 }, 3);
  await lives.monitor.reconfigure(configured({ push: ["checkout"] }));
  await lives.send({ cpu: 20 }, 3);
  await lives.monitor.stop();
  await lives.restart(1_000, configured());
  await lives.clock.advance(10_000);
  assertEquals(lives.monitor.collector.services().map(({ name }) => name), []);
  assertEquals(lives.told, []);
});

Deno.test("what is refused for good after a restart is told again", async () => {
  const lives = live({ receivers: [receiverConfig("ops")] });
  lives.receiver.script.push(DELIVERED, BUSY, BUSY, BUSY, BUSY);
  await lives.send({ cpu: 99 }, 5);
  await lives.send({ cpu: 99, memory: 99 }, 4);
  assertEquals(new Set(lives.told), new Set(["first HIGH_CPU", "more HIGH_CPU+HIGH_MEMORY"]));
  lives.receiver.script.length = 0;
  lives.receiver.script.push(REFUSED);
  await lives.restart(60_000);
  await lives.send({ cpu: 99, memory: 99 }, 900);
  const ids = new Set(
    lives.receiver.sent.filter(({ reason }) => reason === "more").map(({ id }) => id),
  );
  assertEquals(ids.size, 2, lives.told.join());
});

Deno.test("what is refused for good is told again", async () => {
  const lives = live({ receivers: [receiverConfig("ops")] });
  lives.receiver.script.push(DELIVERED, REFUSED);
  await lives.send({ cpu: 99 }, 5);
  await lives.send({ cpu: 99, memory: 99 }, 900);
  const ids = new Set(
    lives.receiver.sent.filter(({ reason }) => reason === "more").map(({ id }) => id),
  );
  assertEquals(ids.size, 2, lives.told.join());
});

Deno.test("keepFiringFor is not served by an absence", async () => {
  const config = configured({
    rules: configOf().rules.map((rule) =>
      rule.name === "HIGH_CPU" ? { ...rule, keepFiringForMs: 600_000 } : rule
    ),
  });
  const lives = new Lives(config);
  await lives.send({ cpu: 99 }, 5);
  await lives.send({ cpu: 20 }, 10);
  await lives.restart(3_600_000);
  await lives.send({ cpu: 20 }, 2);
  assertEquals(lives.told, ["first HIGH_CPU"]);
});

Deno.test("a service that cannot be read sends nobody word of an end", async () => {
  const lives = live({ push: ["checkout"] });
  await lives.send({ cpu: 99 }, 5);
  assertEquals(lives.told, ["first HIGH_CPU"]);
  lives.kept.restored = (aliveAt) => {
    const documents = [...lives.kept.documents.values()].map((d) =>
      d.kind === "service" ? { ...d, body: "{" } : d
    );
    return readRestored({
      aliveAt,
      documents,
      recent: [],
      transitions: lives.kept.transitions.filter(({ kind }) => kind === "alert").map((t) =>
        JSON.stringify(t)
      ),
    }, () => {});
  };
  await lives.restart(1_000);
  await lives.clock.advance(2_000);
  assertEquals(lives.told, ["first HIGH_CPU"]);
});

Deno.test("more outages than the log keeps are each told after a restart", async () => {
  const push = Array.from({ length: 2_100 }, (_, i) => `s${i}`);
  const lives = live({ push });
  lives.receiver.script.push("hang");
  await lives.clock.advance(6_000);
  assertEquals(lives.monitor.notifier.receivers()[0]?.queued, 2_100);
  await lives.restart(1_000);
  lives.receiver.script.length = 0;
  lives.receiver.answer(DELIVERED);
  for (let i = 0; i < 300; i++) await lives.clock.advance(100);
  const told = new Set(lives.receiver.sent.map(({ service }) => service));
  assertEquals(told.size, 2_100);
});

Deno.test("what waits while nothing can be written does not grow with what is forgotten meanwhile", async () => {
  const lives = live();
  lives.fault = "full";
  for (let i = 0; i < 700; i++) {
    await lives.send({ cpu: 99 }, 4);
    await lives.send({ cpu: 20 }, 4);
    await lives.clock.advance(320_000);
  }
  let size = 0;
  const put = lives.kept.put.bind(lives.kept);
  lives.kept.put = (d) => {
    if (d.kind === "notification") size++;
    put(d);
  };
  lives.fault = null;
  await lives.clock.advance(60_000);
  assert(size <= 2_100, `${size}`);
});
