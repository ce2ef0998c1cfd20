import { assert, assertEquals } from "@std/assert";

import { Collector } from "@/lib/collector/collector.ts";
import type { Change } from "@/lib/ports/change.ts";
import { decodeTimes } from "@/lib/protocol/times.ts";

import { type ConfigChange, configOf } from "../support/config.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { readingOf } from "../support/readings.ts";

interface Rig {
  readonly clock: FakeClock;
  readonly changes: Change[];
  readonly collector: Collector;
}

function start(change: ConfigChange = {}): Rig {
  const clock = new FakeClock();
  const changes: Change[] = [];
  const collector = new Collector({
    clock,
    config: configOf(change),
    publish: (each) => changes.push(each),
  });
  return { clock, changes, collector };
}

function push(collector: Collector, cpu: number, service = "checkout"): void {
  assertEquals(collector.ingest([{ service, metrics: { cpu } }]), { kind: "accepted", count: 1 });
}

Deno.test("Collector.ingest() adds an unknown service and shows its window", async () => {
  const { clock, collector } = start();
  for (const cpu of [10, 20, 60]) {
    push(collector, cpu);
    await clock.advance(1_000);
  }
  const view = collector.service("checkout");
  assert(view?.metrics.cpu);
  const { value, avg, min, max, limit, recent, times } = view.metrics.cpu;
  assertEquals([value, avg, min, max, limit], [60, 30, 10, 60, 85]);
  assertEquals(recent, [10, 20, 60]);
  assertEquals(decodeTimes(times).map((at) => at - clock.now()), [-3_000, -2_000, -1_000]);
  assertEquals([view.status, view.source, view.tags], ["HEALTHY", { kind: "push" }, []]);
});

Deno.test("Collector.ingest() takes a batch whole or not at all", () => {
  const { clock, collector, changes } = start({ limits: { services: 2 } });
  const good = { service: "a", metrics: { cpu: 1 } };
  const future = { service: "b", at: clock.now() + 60_001, metrics: {} };
  const refused = collector.ingest([good, future]);
  assertEquals(refused.kind === "invalid" && refused.issues.map((issue) => issue.path), ["[1].at"]);
  const services = ["a", "b", "c"].map((service) => ({ service, metrics: {} }));
  assertEquals(collector.ingest(services).kind, "full");
  assertEquals([collector.services(), changes], [[], []]);
  assertEquals(collector.counters(), { accepted: 0, late: 0, refused: 5 });
});

Deno.test("Collector.ingest() accepts a sample up to a minute ahead", () => {
  const { clock, collector } = start();
  const sample = { service: "a", at: clock.now() + 60_000, metrics: {} };
  assertEquals(collector.ingest([sample]).kind, "accepted");
});

Deno.test("Collector.ingest() refuses a sample dated in seconds", () => {
  const { clock, collector } = start();
  const seconds = clock.now() / 1_000;
  const good = { service: "a", metrics: {} };
  const result = collector.ingest([good, { ...good, at: seconds }]);
  assert(result.kind === "invalid");
  assertEquals(result.issues, [{
    path: "[1].at",
    message: `must be milliseconds since 1970, got ${seconds}, which looks like seconds`,
  }]);
  assertEquals(collector.services(), []);
});

Deno.test("Collector.ingest() accepts samples of the past, up to where they look like seconds", () => {
  const { clock, collector } = start();
  const oldest = clock.now() / 100;
  const rows: [at: number, kind: string][] = [[oldest - 1, "invalid"], [oldest, "accepted"]];
  for (const [at, kind] of rows) {
    assertEquals(collector.ingest([{ service: "a", at, metrics: {} }]).kind, kind);
  }
});

Deno.test("Collector.ingest() refuses strangers when autoRegister is off", () => {
  const { collector } = start({ push: ["known"], limits: { autoRegister: false } });
  const known = { service: "known", metrics: {} };
  assertEquals(collector.ingest([known]).kind, "accepted");
  const result = collector.ingest([known, { service: "stranger", metrics: {} }]);
  assert(result.kind === "invalid");
  assertEquals(result.issues, [{
    path: "[1].service",
    message: 'must be a configured service, as limits.autoRegister is off, got "stranger"',
  }]);
});

Deno.test("Collector.ingest() counts late samples and lets them move nothing", () => {
  const { clock, collector } = start();
  const now = clock.now();
  collector.ingest([{ service: "a", at: now, metrics: { cpu: 10 } }]);
  collector.ingest([{ service: "a", at: now - 1, metrics: { cpu: 99 } }]);
  assertEquals(collector.service("a")?.metrics.cpu?.recent, [10]);
  assertEquals(collector.counters().late, 1);
});

Deno.test("Collector.ingest() takes samples without an instant as news, even in one millisecond", () => {
  const { collector } = start();
  for (const cpu of [90, 91, 92]) push(collector, cpu);
  assertEquals(collector.service("checkout")?.metrics.cpu?.recent, [90, 91, 92]);
  assertEquals(collector.service("checkout")?.status, "DEGRADED");
});

Deno.test("Collector.ingest() puts a shuffled batch in order of time", () => {
  const { clock, collector } = start();
  const now = clock.now();
  collector.ingest([3, 1, 2].map((n) => ({ service: "a", at: now + n, metrics: { cpu: n } })));
  assertEquals(collector.service("a")?.metrics.cpu?.recent, [1, 2, 3]);
});

Deno.test("Collector publishes one change an act, with new samples and changed alerts", () => {
  const { clock, collector, changes } = start();
  const now = clock.now();
  collector.ingest([1, 2, 3].map((n) => ({ service: "a", at: now + n, metrics: { cpu: 90 + n } })));
  const [change] = changes;
  assertEquals(changes.length, 1);
  assertEquals(change?.services.get("a")?.get("cpu")?.map((each) => each.value), [91, 92, 93]);
  const [id] = change?.alerts ?? [];
  const alert = collector.alert(id ?? "");
  assertEquals([alert?.state, alert?.value, alert?.peak], ["firing", 93, 93]);
  assertEquals(alert?.message, "CPU 93.0 % above 85 % for 3 samples");
  assertEquals(alert?.evidence.map((each) => each.value), [91, 92, 93]);
});

Deno.test("Collector notices a missed heartbeat at its limit, and publishes it", async () => {
  const { clock, collector, changes } = start();
  push(collector, 10);
  changes.length = 0;
  await clock.advance(4_999);
  assertEquals([collector.service("checkout")?.status, changes.length], ["HEALTHY", 0]);
  await clock.advance(1);
  assertEquals([collector.service("checkout")?.status, changes.length], ["DOWN", 1]);
  push(collector, 10);
  assertEquals(collector.service("checkout")?.status, "HEALTHY");
});

Deno.test("Collector keeps one timer however many services there are", async () => {
  const { clock, collector } = start();
  for (let n = 0; n < 500; n++) push(collector, 10, `s${n}`);
  assertEquals(clock.pending, 1);
  await clock.advance(5_000);
  assertEquals(collector.statusCounts().DOWN, 500);
  assertEquals(clock.pending, 0);
});

Deno.test("Collector.alerts() keeps resolved ones and forgets those that never fired", async () => {
  const { clock, collector } = start();
  for (const cpu of [90, 90, 90, 10, 90, 10, 90]) {
    push(collector, cpu);
    await clock.advance(1_000);
  }
  const all = collector.alerts({
    state: "all",
    service: null,
    severity: null,
    after: null,
    limit: 10,
  });
  assertEquals(all.map((alert) => alert.state), ["pending", "resolved"]);
  const active = collector.alerts({
    state: "active",
    service: "checkout",
    severity: null,
    after: null,
    limit: 10,
  });
  assertEquals(active.map((alert) => alert.progress), [{
    kind: "samples",
    breaches: 1,
    needed: 3,
  }]);
  assertEquals(
    collector.alerts({ state: "all", service: "other", severity: null, after: null, limit: 10 }),
    [],
  );
  assertEquals(
    collector.alerts({ state: "all", service: null, severity: null, after: null, limit: 1 }).length,
    1,
  );
});

Deno.test("Collector.services() sorts the worst first", async () => {
  const { clock, collector } = start({ push: ["silent"] });
  push(collector, 1, "b");
  await clock.advance(4_000);
  push(collector, 1, "b");
  push(collector, 1, "a");
  await clock.advance(1_000);
  assertEquals(collector.services().map(({ name }) => name), ["silent", "a", "b"]);
});

Deno.test("Collector.reconfigure() drops what is no longer listed and keeps who came by themselves", () => {
  const { collector, changes } = start({ push: ["old", "kept"] });
  push(collector, 1, "guest");
  collector.reconfigure(configOf({ push: ["kept", "new"] }));
  assertEquals(collector.services().map(({ name }) => name).toSorted(), ["guest", "kept", "new"]);
  assertEquals(changes.at(-1)?.removed, ["old"]);
});

Deno.test("Collector.reconfigure() puts new rules in force at once", () => {
  const { collector } = start();
  for (const cpu of [90, 90, 90]) push(collector, cpu);
  collector.reconfigure(configOf({ rules: [] }));
  assertEquals(collector.service("checkout")?.status, "HEALTHY");
  assertEquals(collector.service("checkout")?.metrics.cpu?.limit, null);
});

Deno.test("Collector.reconfigure() puts new origins in force at once", () => {
  const { collector } = start();
  assertEquals(collector.origins(), []);
  collector.reconfigure(configOf({ origins: ["https://vitals.example.com"] }));
  assertEquals(collector.origins(), ["https://vitals.example.com"]);
  assertEquals(collector.readOrigins(), []);
  collector.reconfigure(configOf({ cors: { origins: "*" } }));
  assertEquals(collector.readOrigins(), "*");
});

Deno.test("Collector.noteWorker() shows the worker of a simulated service", () => {
  const { collector, changes } = start({ simulated: ["sim"] });
  const worker = { state: "restarting", restarts: 2, reason: "crashed" } as const;
  collector.noteWorker("sim", worker);
  assertEquals(collector.service("sim")?.source, { kind: "simulated", worker });
  assert(changes.at(-1)?.services.has("sim"));
  collector.noteWorker("gone", worker);
});

Deno.test("Collector.noteFaults() shows the faults of a service and says that it changed", () => {
  const { collector, changes } = start({ simulated: ["sim"] });
  const fault = { id: "f1", kind: "outage", startedAt: 1, durationMs: 30_000 } as const;
  assertEquals(collector.service("sim")?.faults, []);
  collector.noteFaults("sim", [fault]);
  assertEquals(collector.service("sim")?.faults, [fault]);
  assertEquals([...changes.at(-1)?.services.keys() ?? []], ["sim"]);
  const told = changes.length;
  collector.noteFaults("gone", [fault]);
  assertEquals(changes.length, told);
});

Deno.test("Collector.accept() refuses a simulated sample for nobody's harm", () => {
  const { clock, collector } = start({ limits: { services: 0 } });
  collector.accept({ service: "a", at: clock.now(), metrics: {} });
  assertEquals(collector.counters().refused, 1);
});

Deno.test("Collector refuses only new services when it is full", () => {
  const { collector } = start({ push: ["listed"], limits: { services: 2 } });
  push(collector, 1, "guest");
  collector.reconfigure(configOf({ push: ["listed", "second"], limits: { services: 2 } }));
  push(collector, 1, "listed");
  push(collector, 1, "guest");
  assertEquals(collector.ingest([{ service: "stranger", metrics: {} }]).kind, "full");
});

Deno.test("Collector.reconfigure() keeps the alerts of a service that is gone, with the reason", async () => {
  const { clock, collector } = start({ push: ["old"] });
  await clock.advance(5_000);
  collector.reconfigure(configOf());
  const [alert] = collector.alerts({
    state: "resolved",
    service: "old",
    severity: null,
    after: null,
    limit: 9,
  });
  assertEquals(alert?.message, "rule SERVICE_DOWN no longer applies: the configuration changed");
});

Deno.test("Collector notices silence and load after the clock was set back", async () => {
  const { clock, collector } = start();
  push(collector, 10, "silent");
  push(collector, 10, "busy");
  clock.step(-3_600_000);
  for (let second = 0; second < 6; second++) {
    const sample = { service: "busy", at: clock.now(), metrics: { cpu: 99 } };
    assertEquals(collector.ingest([sample]).kind, "accepted");
    await clock.advance(1_000);
  }
  assertEquals(collector.service("silent")?.status, "DOWN");
  assertEquals(collector.service("busy")?.status, "DEGRADED");
  assertEquals(collector.counters().late, 0);
});

Deno.test("Collector declares nobody DOWN because the clock was set on", async () => {
  const { clock, collector } = start();
  push(collector, 10);
  clock.step(3_600_000);
  await clock.advance(4_999);
  assertEquals(collector.service("checkout")?.status, "HEALTHY");
  await clock.advance(1);
  assertEquals(collector.service("checkout")?.status, "DOWN");
});

Deno.test("Collector.readings() says the same as services()", () => {
  const { collector } = start({
    dependsOn: { cart: ["checkout"], checkout: [] },
    simulated: ["demo"],
  });
  for (const cpu of [10, 90, 91, 92]) push(collector, cpu);
  const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
    a.name < b.name ? -1 : 1;
  assertEquals(
    collector.readings().toSorted(byName),
    collector.services().map(readingOf).toSorted(byName),
  );
});

Deno.test("Collector.outlines() tells all services in a few words", async () => {
  const { clock, collector } = start({ push: ["silent"] });
  await clock.advance(1_000);
  push(collector, 10);
  const now = clock.now();
  assertEquals(collector.outlines(), [
    { name: "silent", tags: [], status: "UNKNOWN", since: now - 1_000 },
    { name: "checkout", tags: [], status: "HEALTHY", since: now },
  ]);
});
