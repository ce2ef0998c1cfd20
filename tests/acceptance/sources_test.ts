import { assert, assertEquals } from "@std/assert";

import type { OtlpMetric } from "@/lib/domain/otlp/otlp_export.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import type { WebResult } from "@/lib/ports/web_fetch.ts";
import { createSource } from "@/lib/sources/create_source.ts";
import { metric, number } from "@/tests/domain/otlp/points.ts";
import { answered, FakeHosts } from "@/tests/sources/probe/probes.ts";
import { pageOf } from "@/tests/sources/scrape/scrapes.ts";

import { Timeline } from "./timeline.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const FAILED: WebResult = { kind: "failed", reason: "timeout", detail: "late" };
const PROBE = { kind: "probe", url: "https://shop.example.com/", interval: "10s" };
const SCRAPE = {
  ...{ kind: "scrape", url: "http://db.example.com/metrics", interval: "10s" },
  metrics: { cpu: "100 * rate(work_seconds_total)" },
};

/** How far the wall clock is set, there and back. */
const SETS = [HOUR, -HOUR, DAY, -DAY];

const CPU_RULE = { name: "HIGH_CPU", metric: "cpu", above: 85 };

type Source = Readonly<Record<string, unknown>>;

/** One service named `shop`, or none; each receiver is told at once. */
function configured(source: Source | null, more: Readonly<Record<string, unknown>> = {}) {
  const services = source === null ? [] : [{ name: "shop", source }];
  const receivers = [{ name: "ops", kind: "log", groupWait: "0s" }];
  return parseConfig(JSON.stringify({ services, receivers, ...more }));
}

class Stage {
  readonly line: Timeline;
  readonly hosts: FakeHosts;
  /** What a scrape gets. */
  page: () => WebResult | Promise<WebResult> = () =>
    pageOf(`work_seconds_total ${this.line.clock.monotonicMs() / 2_000}\n`);

  constructor(config: MonitorConfig) {
    const made: FakeHosts[] = [];
    this.line = new Timeline(config, undefined, {
      observe: (clock) => {
        const hosts = new FakeHosts(clock);
        made.push(hosts);
        const tools = { ...hosts.tools(), fetch: async () => await this.page() };
        return (service) => createSource(service, tools);
      },
    });
    const [hosts] = made;
    assert(hosts !== undefined);
    this.hosts = hosts;
  }

  get view() {
    return this.line.monitor.collector.service("shop");
  }

  get status() {
    return this.view?.status;
  }

  /** An export of a gauge and of a counter that rises by one half each second, dated by the wall clock. */
  exportOtlp(): void {
    const { clock, monitor } = this.line;
    const metrics: OtlpMetric[] = [metric("process.cpu.utilization", {
      kind: "gauge",
      points: [number((clock.monotonicMs() % 50_000) / 100_000, { at: clock.now() })],
    })];
    const resources = [{ attributes: { "service.name": "shop" }, metrics }];
    const outcome = monitor.otlp.take({ resources }, { service: null, address: "127.0.0.1" });
    assertEquals(outcome, { rejectedPoints: 0, problem: null });
  }
}

Deno.test("a clock that is set is neither an outage of what is probed or scraped nor its end", async (t) => {
  for (const byMs of SETS) {
    for (const source of [PROBE, SCRAPE]) {
      await t.step(`${source.kind}, ${byMs}`, async () => {
        const stage = new Stage(configured(source));
        await stage.line.quiet(MINUTE);
        stage.line.clock.step(byMs);
        await stage.line.quiet(MINUTE);
        assertEquals([stage.status, stage.line.story], ["HEALTHY", []]);
        stage.hosts.answer = () => FAILED;
        stage.page = () => FAILED;
        await stage.line.quiet(MINUTE);
        assertEquals(stage.status, "DOWN");
        stage.line.clock.step(-byMs);
        await stage.line.quiet(HOUR);
        assertEquals(stage.status, "DOWN");
        assertEquals(stage.line.told.length, 1);
        await stage.line.monitor.stop();
      });
    }
  }
});

Deno.test("how long an observation has failed is counted in time that passed, though the clock is set", async (t) => {
  for (const byMs of SETS) {
    await t.step(String(byMs), async () => {
      const stage = new Stage(configured(PROBE));
      stage.hosts.answer = () => FAILED;
      await stage.line.quiet(11 * SECOND);
      stage.line.clock.step(byMs);
      await stage.line.quiet(MINUTE);
      const since = stage.view?.failure?.since ?? 0;
      assertEquals(stage.line.clock.now() - since, 70 * SECOND);
      await stage.line.monitor.stop();
    });
  }
});

Deno.test("a failure that is the first news after the clock was set is dated by the new time", async (t) => {
  for (const byMs of SETS) {
    await t.step(String(byMs), () => {
      const { line } = new Stage(configured({ kind: "push" }));
      line.clock.step(byMs);
      line.monitor.failures.noteFailure("shop", { reason: "timeout", detail: "late" });
      const setAt = line.clock.now();
      line.monitor.collector.ingest([{ service: "other", metrics: {} }]);
      assertEquals(line.monitor.collector.service("shop")?.failure?.since, setAt);
    });
  }
});

Deno.test("rates of a scrape are right across a clock that is set", async () => {
  for (const byMs of SETS) {
    const stage = new Stage(configured(SCRAPE));
    await stage.line.quiet(35 * SECOND);
    stage.line.clock.step(byMs);
    await stage.line.quiet(30 * SECOND);
    const cpu = stage.view?.metrics.cpu;
    assertEquals([cpu?.min, cpu?.avg, cpu?.value], [50, 50, 50]);
    await stage.line.monitor.stop();
  }
});

Deno.test("what OpenTelemetry exports goes on to be news after the clock was set", async (t) => {
  for (const source of [{ kind: "otlp", interval: "10s" }, null]) {
    for (const byMs of SETS) {
      await t.step(`${source?.kind ?? "unlisted"}, ${byMs}`, async () => {
        const stage = new Stage(configured(source));
        const count = async (times: number) => {
          for (let sent = 0; sent < times; sent++) {
            stage.exportOtlp();
            await stage.line.quiet(10 * SECOND);
          }
        };
        await count(3);
        stage.line.clock.step(byMs);
        await count(3);
        const { status, metrics } = stage.view ?? {};
        assertEquals([status, metrics?.cpu?.recent], ["HEALTHY", [0, 10, 20, 30, 40, 0]]);
      });
    }
  }
});

const KINDS: readonly (Source | null)[] = [
  PROBE,
  SCRAPE,
  { kind: "push" },
  { kind: "heartbeat", expectEvery: "1h" },
  { kind: "otlp" },
  null,
];

Deno.test("a look under way when its service gets another source says nothing any more", async (t) => {
  for (const before of [PROBE, SCRAPE]) {
    for (const after of KINDS.filter((each) => each !== before)) {
      await t.step(`${before.kind} to ${after?.kind ?? "none"}`, async () => {
        const stage = new Stage(configured(before));
        await stage.line.quiet(30 * SECOND);
        const late = Promise.withResolvers<WebResult>();
        stage.hosts.answer = stage.page = () => late.promise;
        await stage.line.quiet(2 * SECOND);
        await stage.line.quiet(8 * SECOND);
        const heard = stage.view?.lastHeartbeat;
        const ended = stage.line.monitor.reconfigure(configured(after));
        late.resolve(before === PROBE ? answered(200) : pageOf("work_seconds_total 1\n"));
        await ended;
        assertEquals(stage.view?.lastHeartbeat, after === null ? undefined : heard);
        assertEquals(stage.view?.failure, after === null ? undefined : null);
        await stage.line.monitor.stop();
        assertEquals(stage.hosts.errors, []);
        await stage.line.quiet(DAY);
        assertEquals(stage.line.clock.pending, 0);
      });
    }
  }
});

Deno.test("a storm of the same configuration starts nothing anew", async () => {
  const stage = new Stage(configured(PROBE));
  await stage.line.quiet(5 * SECOND);
  for (let write = 0; write < 50; write++) {
    await stage.line.monitor.reconfigure(configured(PROBE));
    await stage.line.quiet(100);
  }
  assertEquals(stage.hosts.asked.length, 1);
  await stage.line.quiet(50 * SECOND);
  assertEquals([stage.hosts.asked.length, stage.line.story], [6, []]);
  await stage.line.monitor.stop();
});

Deno.test("a storm of intervals leaves one probe, with the limits of the last", async () => {
  const stage = new Stage(configured(PROBE));
  for (let write = 0; write < 50; write++) {
    const interval = write % 2 === 0 ? "60s" : "1s";
    await stage.line.monitor.reconfigure(configured({ ...PROBE, interval }));
    await stage.line.quiet(10);
  }
  await stage.line.quiet(10 * SECOND);
  const before = stage.hosts.asked.length;
  await stage.line.quiet(10 * SECOND);
  assertEquals(stage.hosts.asked.length - before, 10);
  stage.hosts.answer = () => FAILED;
  await stage.line.quiet(6 * SECOND);
  assertEquals(stage.status, "DOWN");
  // A minute is longer than what it fired for; only a good look ends it.
  await stage.line.monitor.reconfigure(configured({ ...PROBE, interval: "60s" }));
  await stage.line.quiet(10 * MINUTE);
  assertEquals(stage.status, "DOWN");
  assertEquals(stage.line.told.map((told) => told.replace(/^\S+ /, "")), [
    "ops first shop: SERVICE_DOWN",
  ]);
  await stage.line.monitor.stop();
});

Deno.test("a push to what is probed is a sign of life, and says nothing of the look that failed", async () => {
  const stage = new Stage(configured(PROBE));
  stage.hosts.answer = () => FAILED;
  await stage.line.quiet(HOUR / 2);
  assertEquals(stage.status, "DOWN");
  await stage.line.send("shop", { cpu: 20 });
  assertEquals([stage.status, stage.view?.failure?.reason], ["HEALTHY", "timeout"]);
  assertEquals(stage.view?.source.kind, "probe");
  await stage.line.monitor.stop();
});

Deno.test("a push to a job is a sign of life, and ends no run", async () => {
  const stage = new Stage(configured({ kind: "heartbeat", expectEvery: "1h", maxRun: "2h" }));
  const { jobs } = stage.line.monitor;
  jobs.start("shop", "");
  jobs.end("shop", { run: "other", failure: { reason: "exit 1", detail: "exit 1" } });
  await stage.line.send("shop", { cpu: 20 });
  const { status, source, failure } = stage.view ?? {};
  assertEquals([status, failure?.reason], ["DEGRADED", "exit 1"]);
  assertEquals(source?.kind === "heartbeat" && source.runs.length, 1);
  await stage.line.quiet(59 * MINUTE);
  assertEquals(stage.status, "DEGRADED");
  await stage.line.quiet(7 * MINUTE);
  assertEquals(stage.status, "DOWN");
});

Deno.test("maintenance over a probe that fails keeps quiet, and tells after it what still fails", async () => {
  const stage = new Stage(configured(PROBE, {
    maintenance: [{ name: "move", from: "2023-11-14T22:00:00Z", to: "2023-11-14T22:30:00Z" }],
  }));
  stage.hosts.answer = () => FAILED;
  await stage.line.quiet(10 * MINUTE);
  assertEquals([stage.status, stage.line.told], ["DOWN", []]);
  await stage.line.quiet(10 * MINUTE);
  assertEquals(stage.line.told, ["1000 ops first shop: SERVICE_DOWN"]);
  await stage.line.monitor.stop();
});

Deno.test("pushed children of a probe that fails send no message of their own", async () => {
  const children = ["cart", "search"].map((name) => {
    return { name, dependsOn: ["shop"], rules: { SERVICE_DOWN: { missingHeartbeat: "30s" } } };
  });
  const stage = new Stage(configured(null, {
    services: [{ name: "shop", source: PROBE }, ...children],
  }));
  for (let second = 0; second < 20; second++) {
    stage.line.monitor.collector.ingest([{ service: "cart", metrics: {} }]);
    await stage.line.send("search", {});
  }
  stage.hosts.answer = () => FAILED;
  await stage.line.quiet(5 * MINUTE);
  const down = stage.line.monitor.collector.services().map(({ status }) => status);
  assertEquals(down, ["DOWN", "DOWN", "DOWN"]);
  assertEquals(stage.line.told.map((told) => told.replace(/^\S+ /, "")), [
    "ops first shop: SERVICE_DOWN",
  ]);
  await stage.line.monitor.stop();
});

Deno.test("without rules nothing of what is observed is ever DOWN, and its failure is shown", async (t) => {
  for (const [name, rules] of [["none", []], ["no silence", [CPU_RULE]]] as const) {
    await t.step(name, async () => {
      const stage = new Stage(configured(PROBE, { rules }));
      await stage.line.quiet(MINUTE);
      stage.hosts.answer = () => FAILED;
      await stage.line.quiet(DAY);
      assertEquals([stage.status, stage.view?.failure?.reason], ["HEALTHY", "timeout"]);
      await stage.line.monitor.stop();
    });
  }
});

Deno.test("a name that was pushed and is now probed, and the reverse", async () => {
  const stage = new Stage(configured(null));
  await stage.line.send("shop", { cpu: 20 });
  await stage.line.monitor.reconfigure(configured({ ...PROBE, interval: "60s" }));
  stage.hosts.answer = () => FAILED;
  await stage.line.quiet(2 * MINUTE);
  assertEquals(stage.status, "HEALTHY");
  await stage.line.quiet(20 * SECOND);
  assertEquals([stage.status, stage.view?.failure?.reason], ["DOWN", "timeout"]);
  await stage.line.monitor.reconfigure(configured({ kind: "push" }));
  assertEquals([stage.status, stage.view?.failure], ["DOWN", null]);
  await stage.line.send("shop", { cpu: 20 }, 2);
  assertEquals(stage.status, "HEALTHY");
  await stage.line.quiet(5 * SECOND);
  assertEquals(stage.status, "DOWN");
  await stage.line.monitor.stop();
});

Deno.test("a silence over a probe that fails keeps quiet until it ends, and not a moment longer", async () => {
  const stage = new Stage(configured(PROBE));
  stage.line.monitor.desk.addSilence({
    matcher: { service: "shop", rule: null, tag: null, severity: null },
    ...{ startsAt: null, endsAt: stage.line.clock.now() + HOUR, author: "Anna", reason: "move" },
  });
  stage.hosts.answer = () => FAILED;
  await stage.line.quiet(HOUR - 1);
  assertEquals([stage.status, stage.line.told], ["DOWN", []]);
  await stage.line.quiet(1);
  assertEquals(stage.line.told, ["3600 ops first shop: SERVICE_DOWN"]);
  await stage.line.monitor.stop();
});
