import { assert, assertEquals } from "@std/assert";

import { Collector } from "@/lib/collector/collector.ts";
import { KEEP_INTERVAL_MS } from "@/lib/collector/service_keeper.ts";
import type { AlertQuery } from "@/lib/ports/monitor.ts";

import { type ConfigChange, configOf } from "../support/config.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { KeptState } from "../support/kept_state.ts";

const ALL: AlertQuery = { state: "all", service: null, severity: null, after: null, limit: 100 };

/** A monitor's life: it can be killed at any time, and be started again later. */
class Life {
  readonly clock = new FakeClock();
  readonly kept = new KeptState();
  collector: Collector;

  constructor(change: ConfigChange = {}) {
    this.collector = this.#start(change);
  }

  #start(change: ConfigChange, isFirst = true): Collector {
    return new Collector({
      clock: this.clock,
      config: configOf(change),
      publish: () => {},
      ledger: this.kept,
      ...isFirst ? {} : { restored: this.kept.restored(this.#killedAt) },
    });
  }

  #killedAt = 0;

  /** Kills it; nothing is written any more. After `awayMs` it is started again. */
  restart(awayMs: number, change: ConfigChange = {}, clockStepMs = 0): void {
    this.#killedAt = this.clock.now();
    this.clock.step(clockStepMs);
    this.clock.stall(awayMs);
    this.collector = this.#start(change, false);
  }

  async send(metrics: Readonly<Record<string, number>>, count = 1, service = "checkout") {
    for (let sent = 0; sent < count; sent++) {
      assertEquals(this.collector.ingest([{ service, metrics }]).kind, "accepted");
      await this.clock.advance(1_000);
    }
  }

  view(service = "checkout") {
    const view = this.collector.service(service);
    assert(view);
    return view;
  }
}

Deno.test("Collector goes on from an earlier run: the same alerts, ages and windows", async () => {
  const life = new Life();
  await life.send({ cpu: 20, latency: 100 }, 70);
  await life.send({ cpu: 96, latency: 100 }, 10);
  const [before] = life.collector.alerts(ALL);
  const view = life.view();
  life.restart(120_000);
  const [after] = life.collector.alerts(ALL);
  assert(before && after);
  assertEquals([after.id, after.state, after.since, after.firedAt], [
    ...[before.id, "firing", before.since, before.firedAt],
  ]);
  assertEquals(after.evidence, before.evidence);
  assertEquals(life.collector.steps(after.id).length, 2);
  const again = life.view();
  assertEquals([again.status, again.since], [view.status, view.since]);
  assertEquals(again.lastHeartbeat, view.lastHeartbeat);
  assertEquals(again.metrics, view.metrics);
});

Deno.test("Collector resolves nothing after a restart before fresh good samples", async () => {
  const life = new Life();
  await life.send({ cpu: 96 }, 4);
  life.restart(3_600_000);
  await life.clock.advance(3_000);
  assertEquals(life.collector.alerts(ALL).map(({ state }) => state), ["firing"]);
  await life.send({ cpu: 96 });
  assertEquals(life.collector.alerts(ALL).map(({ state }) => state), ["firing"]);
  await life.send({ cpu: 20 }, 3);
  assertEquals(life.collector.alerts(ALL).map(({ state }) => state), ["resolved"]);
});

Deno.test("Collector takes the time without a monitor for no silence of the services", async () => {
  const life = new Life();
  await life.send({ cpu: 20 }, 3);
  life.restart(3_600_000);
  assertEquals(life.view().status, "UNKNOWN");
  await life.clock.advance(4_999);
  assertEquals(life.view().status, "UNKNOWN");
  await life.clock.advance(1);
  assertEquals(life.view().status, "DOWN");
});

Deno.test("Collector shows the time without a monitor as unknown in the strip", async () => {
  const life = new Life();
  await life.send({ cpu: 20 }, 20);
  life.restart(20_000);
  await life.send({ cpu: 20 }, 10);
  const { slots } = life.view().strip;
  assert(/^H+U{3,5}H{2,3}$/.test(slots), slots);
});

Deno.test("Collector keeps services that came by themselves, and not what configuration dropped", async () => {
  const life = new Life({ push: ["db", "old"] });
  await life.send({ cpu: 20 }, 1, "guest");
  await life.send({ cpu: 96 }, 4, "old");
  life.restart(1_000, { push: ["db"] });
  assertEquals(life.collector.services().map(({ name }) => name).sort(), ["db", "guest"]);
  const [ended] = life.collector.alerts({ ...ALL, service: "old" });
  assertEquals(ended?.state, "resolved");
  assert(ended?.message.includes("no longer applies"), ended?.message);
  life.restart(1_000, { push: ["db"] });
  assertEquals(life.collector.services().map(({ name }) => name).sort(), ["db", "guest"]);
});

Deno.test("Collector keeps acknowledgements, silences and ended alerts", async () => {
  const life = new Life();
  await life.send({ cpu: 96 }, 4);
  await life.send({ memory: 99 }, 4);
  await life.send({ memory: 10 }, 4);
  const firing = life.collector.alerts({ ...ALL, state: "active" })[0];
  assert(firing);
  life.collector.acknowledge(firing.id, { by: "ada", note: "on it" });
  const made = life.collector.silences.add({
    matcher: { service: "checkout", rule: null, tag: null, severity: null },
    startsAt: null,
    endsAt: life.clock.now() + 600_000,
    author: "ada",
    reason: "deploy",
  });
  assert(made.kind === "done");
  life.restart(60_000);
  const again = life.collector.alert(firing.id);
  assertEquals([again?.acknowledged?.by, again?.acknowledged?.note], ["ada", "on it"]);
  assertEquals(again?.silencedBy?.id, made.value.id);
  assertEquals(
    life.collector.alerts({ ...ALL, state: "resolved" }).map(({ rule }) => rule),
    ["HIGH_MEMORY"],
  );
  await life.clock.advance(600_000);
  assertEquals(life.collector.alert(firing.id)?.silencedBy, null);
  assertEquals(life.collector.silences.find(made.value.id)?.state, "expired");
});

Deno.test("Collector makes an alert that ended while nobody looked end by its rule's removal only", async () => {
  const life = new Life();
  await life.send({ cpu: 96 }, 4);
  life.restart(1_000, { rules: [] });
  assertEquals(life.collector.alerts(ALL).map(({ state }) => state), ["resolved"]);
});

Deno.test("Collector survives being killed again and again before anybody is heard", async () => {
  const life = new Life();
  await life.send({ cpu: 20 }, 5);
  const { since } = life.view();
  for (let turn = 0; turn < 5; turn++) life.restart(3_000);
  assertEquals(life.view().status, "UNKNOWN");
  await life.send({ cpu: 20 });
  assertEquals([life.view().status, life.view().since], ["HEALTHY", since]);
});

Deno.test("Collector goes on when the clock was set back while nobody looked", async () => {
  const life = new Life();
  await life.send({ cpu: 20 }, 100);
  life.restart(1_000, {}, -3_600_000);
  await life.send({ cpu: 50 }, 2);
  assertEquals(life.view().metrics.cpu?.value, 50);
  assertEquals(life.view().status, "HEALTHY");
});

Deno.test("Collector writes a service whose numbers alone change at most once an interval", async () => {
  const life = new Life();
  await life.send({ cpu: 96 }, 4);
  const bodies = new Set<string>();
  for (let second = 0; second < 20; second++) {
    await life.send({ cpu: 96 + second / 10 });
    bodies.add(life.kept.documents.get("service checkout")?.body ?? "");
  }
  assert(bodies.size >= 3 && bodies.size <= 20_000 / KEEP_INTERVAL_MS + 1, String(bodies.size));
  life.collector.stop();
  assert(life.kept.documents.get("service checkout")?.body.includes('"peak":97.9'));
});
