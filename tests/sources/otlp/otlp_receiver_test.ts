import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import type { Attributes, OtlpMetric, OtlpResource } from "@/lib/domain/otlp/otlp_export.ts";
import type { IncomingSample, IngestResult } from "@/lib/ports/monitor.ts";
import type { OtlpOutcome } from "@/lib/ports/otlp_intake.ts";
import type { SourceFailure } from "@/lib/ports/sample_source.ts";
import { OtlpReceiver } from "@/lib/sources/otlp/otlp_receiver.ts";
import { VALUE_LIMITS } from "@/lib/sources/otlp/read_metrics.ts";
import { RefusalLog } from "@/lib/sources/otlp/refusal_log.ts";
import { counter, histogramOf, metric, number } from "@/tests/domain/otlp/points.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { RecordedLog } from "@/tests/support/recorded_log.ts";

/** A receiver and what came of what it was given. */
class Stage {
  readonly clock = new FakeClock();
  readonly log = new RecordedLog();
  readonly samples: IncomingSample[] = [];
  readonly failures = new Map<string, SourceFailure | null>();
  /** Answers instead of acceptance, if set. */
  refusal: IngestResult | null = null;
  readonly receiver: OtlpReceiver;
  #sentAt = this.clock.now();

  constructor(config: unknown = {}) {
    const { clock, log } = this;
    this.receiver = new OtlpReceiver({
      clock,
      config: parseConfig(JSON.stringify(config)),
      ingest: (samples) => {
        if (this.refusal !== null) return this.refusal;
        this.samples.push(...samples);
        return { kind: "accepted", count: samples.length };
      },
      isKnown: (name) => this.samples.some(({ service }) => service === name),
      failures: { noteFailure: (service, failure) => void this.failures.set(service, failure) },
      refusals: new RefusalLog({ clock, log }),
    });
  }

  /** Takes an export of one resource, observed now. */
  export(
    metrics: readonly OtlpMetric[],
    attributes: Attributes = { "service.name": "checkout" },
  ): OtlpOutcome {
    return this.send([{ attributes, metrics }]);
  }

  send(resources: readonly OtlpResource[], service: string | null = null): OtlpOutcome {
    return this.receiver.take({ resources }, { service, address: "10.0.0.7" });
  }

  /** The values of the last sample. */
  get last(): Readonly<Record<string, number>> | undefined {
    return this.samples.at(-1)?.metrics;
  }

  /** When the test began. */
  get origin(): number {
    return this.#sentAt;
  }
}

function gauge(name: string, value: number, attributes: Attributes = {}, at = 0): OtlpMetric {
  return metric(name, { kind: "gauge", points: [number(value, { attributes, at })] });
}

/** Requests of a web server since its start, by status; each took as long as its status says. */
function requests(
  stage: Stage,
  byStatus: Readonly<Record<string, readonly number[]>>,
  temporality: "cumulative" | "delta" = "cumulative",
): OtlpMetric {
  const points = Object.entries(byStatus).map(([status, seconds]) =>
    histogramOf(seconds, {
      bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      attributes: { "http.response.status_code": status },
      at: stage.clock.now(),
      startedAt: temporality === "delta" ? stage.clock.now() - 60_000 : stage.origin - 3_600_000,
    })
  );
  return metric("http.server.request.duration", { kind: "histogram", temporality, points });
}

Deno.test("take() makes a sample of an export by the conventions", async () => {
  const stage = new Stage();
  const cpu = metric("system.cpu.utilization", {
    kind: "gauge",
    points: [
      number(0.9, { attributes: { "cpu.mode": "idle", "cpu.logical_number": "0" } }),
      number(0.1, { attributes: { "cpu.mode": "user", "cpu.logical_number": "0" } }),
      number(0.5, { attributes: { "cpu.mode": "idle", "cpu.logical_number": "1" } }),
      number(0.5, { attributes: { "cpu.mode": "user", "cpu.logical_number": "1" } }),
    ],
  });
  const memory = gauge("system.memory.utilization", 0.42, { "system.memory.state": "used" });
  const first = [cpu, memory, requests(stage, { "200": [0.02] }), gauge("other", 7)];
  assertEquals(stage.export(first), { rejectedPoints: 0, problem: null });
  assertEquals(stage.samples.map(({ service, at }) => [service, at]), [["checkout", undefined]]);
  assertAlmostEquals(stage.last?.cpu ?? NaN, 30);
  assertAlmostEquals(stage.last?.memory ?? NaN, 42);
  // Nobody knows how many of the requests so far are of the last minute.
  assertEquals(Object.keys(stage.last ?? {}), ["cpu", "memory"]);
  await stage.clock.advance(60_000);
  stage.export([requests(stage, { "200": [0.02, 0.02, 0.2, 0.02], "500": [0.9] })]);
  assertEquals(Object.keys(stage.last ?? {}).sort(), ["errorRate", "latency"]);
  assertAlmostEquals(stage.last?.errorRate ?? NaN, 25);
  assertEquals(stage.failures.get("checkout"), null);
});

Deno.test("take() finds the percentile of what was recorded within its bucket", async () => {
  const seconds = Array.from({ length: 200 }, (_, index) => ((index * 37) % 200 + 1) / 400);
  const stage = new Stage();
  stage.export([requests(stage, { "200": [] })]);
  await stage.clock.advance(60_000);
  stage.export([requests(stage, { "200": seconds })]);
  const ranked = seconds.toSorted((one, other) => one - other);
  const exactMs = 1_000 * (ranked[Math.ceil(0.95 * ranked.length) - 1] ?? NaN);
  assert(exactMs > 250 && exactMs <= 500);
  const latency = stage.last?.latency ?? NaN;
  assert(latency > 250 && latency <= 500, `${latency}`);
  // Within the bucket values are taken for evenly spread, which these are.
  assertAlmostEquals(latency, exactMs, 3);
});

Deno.test("take() says the same of deltas and of totals", async () => {
  const stages = { cumulative: new Stage(), delta: new Stage() };
  const minutes = [{ "200": [0.02] }, { "200": [0.02, 0.3], "503": [0.7] }, { "200": [0.04] }];
  for (const [kind, stage] of Object.entries(stages)) {
    const temporality = kind === "delta" ? "delta" : "cumulative";
    const all: Record<string, number[]> = {};
    for (const minute of minutes) {
      for (const [status, seconds] of Object.entries(minute)) {
        all[status] = [...all[status] ?? [], ...seconds];
      }
      stage.export([requests(stage, temporality === "delta" ? minute : all, temporality)]);
      await stage.clock.advance(60_000);
    }
  }
  const values = (stage: Stage) =>
    stage.samples.slice(1).map(({ metrics: { latency = NaN, errorRate = NaN } }) => {
      return { latency: Math.round(latency * 1e6) / 1e6, errorRate };
    });
  assertEquals(values(stages.delta), values(stages.cumulative));
  assertAlmostEquals(values(stages.delta)[0]?.errorRate ?? NaN, 100 / 3);
  assertEquals(values(stages.delta)[1]?.errorRate, 0);
});

Deno.test("take() repeats no value of a metric that is not exported any more", async () => {
  const stage = new Stage();
  stage.export([gauge("process.cpu.utilization", 0.5), gauge("jobs", 1)]);
  assertEquals(stage.last, { cpu: 50 });
  await stage.clock.advance(60_000);
  stage.export([gauge("jobs", 2)]);
  assertEquals(stage.last, {});
});

Deno.test("take() puts instances of one service together, and forgets those that are gone", async () => {
  const stage = new Stage();
  const of = (id: string) => ({ "service.name": "checkout", "service.instance.id": id });
  stage.export([gauge("process.cpu.utilization", 0.2)], of("a"));
  await stage.clock.advance(20_000);
  stage.export([gauge("process.cpu.utilization", 0.6)], of("b"));
  assertEquals(stage.last, { cpu: 40 });
  await stage.clock.advance(140_000);
  stage.export([gauge("process.cpu.utilization", 0.8)], of("b"));
  assertEquals(stage.last, { cpu: 80 });
});

Deno.test("take() adds what instances did, each over its own time", async () => {
  const stage = new Stage({
    metrics: [{ id: "perSecond", label: "Requests" }],
    services: [{
      name: "checkout",
      source: { kind: "otlp", preset: "none", metrics: { perSecond: 'sum(rate({"requests"}))' } },
    }],
  });
  const started = stage.origin - 3_600_000;
  const send = (id: string, value: number) =>
    stage.export([
      metric("requests", counter([number(value, { at: stage.clock.now(), startedAt: started })])),
    ], { "service.name": "checkout", "service.instance.id": id });
  send("a", 1_000);
  await stage.clock.advance(10_000);
  send("b", 9_000);
  await stage.clock.advance(50_000);
  send("a", 1_060);
  assertEquals(stage.last, { perSecond: 1 });
  await stage.clock.advance(10_000);
  send("b", 9_120);
  assertAlmostEquals(stage.last?.perSecond ?? NaN, 3);
});

Deno.test("take() goes on after a restart of the sender", async () => {
  const stage = new Stage();
  const send = (seconds: readonly number[], startedAt: number) => {
    const point = histogramOf(seconds, {
      ...{ bounds: [0.1, 1], at: stage.clock.now(), startedAt },
      attributes: { "http.response.status_code": "200" },
    });
    const data = { kind: "histogram", temporality: "cumulative", points: [point] } as const;
    stage.export([metric("http.server.request.duration", data)]);
  };
  send([0.05, 0.05, 0.05], stage.origin - 900_000);
  await stage.clock.advance(60_000);
  // Three again: only the start tells that none of them is of before.
  send([0.5, 0.5, 0.5], stage.clock.now() - 30_000);
  const latency = stage.last?.latency ?? NaN;
  assert(latency > 100 && latency <= 1_000, `${latency}`);
});

Deno.test("take() refuses resources that nobody has named, and only those", () => {
  const stage = new Stage();
  const outcome = stage.send([
    { attributes: {}, metrics: [gauge("process.cpu.utilization", 0.1)] },
    {
      attributes: { "service.name": "unknown_service:node" },
      metrics: [gauge("process.cpu.utilization", 0.2)],
    },
    {
      attributes: { "service.name": "cart" },
      metrics: [gauge("process.cpu.utilization", 0.3)],
    },
  ]);
  assertEquals(outcome.rejectedPoints, 2);
  assertMatch(outcome.problem ?? "", /without service.name; set OTEL_SERVICE_NAME/);
  assertEquals(stage.samples.map(({ service }) => service), ["cart"]);
  assertEquals(stage.log.lines.length, 1);
});

Deno.test("take() goes by the service that the address names", () => {
  const stage = new Stage();
  const resource = { attributes: {}, metrics: [gauge("process.cpu.utilization", 0.1)] };
  assertEquals(stage.send([resource], "cart").problem, null);
  assertEquals(stage.samples, [{ service: "cart", metrics: { cpu: 10 } }]);
});

Deno.test("take() says on the card which points it rejects, until all are good again", () => {
  const stage = new Stage();
  const cpu = gauge("process.cpu.utilization", 0.1);
  stage.export([cpu]);
  const bad = metric("http.server.request.duration", {
    ...{ kind: "histogram", temporality: "unspecified" },
    points: [histogramOf([1], { bounds: [1] }), histogramOf([1], { bounds: [1] })],
  });
  const outcome = stage.export([cpu, bad]);
  assertEquals(outcome.rejectedPoints, 2);
  assertEquals(stage.failures.get("checkout")?.reason, "rejected");
  assertMatch(stage.failures.get("checkout")?.detail ?? "", /temporality.*, in "[^"]*"$/);
  assertMatch(outcome.problem ?? "", /temporality.* \(service "checkout"\)$/);
  assertEquals(stage.samples.length, 2);
  stage.export([cpu]);
  assertEquals(stage.failures.get("checkout"), null);
});

Deno.test("take() rejects what the collector refuses, and keeps nothing of it", () => {
  const stage = new Stage();
  const message = 'must be a configured service, as limits.autoRegister is off, got "checkout"';
  stage.refusal = { kind: "invalid", issues: [{ path: "[0].service", message }] };
  const outcome = stage.export([gauge("process.cpu.utilization", 0.1)]);
  assertEquals(outcome.rejectedPoints, 1);
  assertMatch(outcome.problem ?? "", /autoRegister is off/);
  stage.refusal = { kind: "full", reason: "no room for 1 more services", retryAfterMs: 1 };
  assertMatch(stage.export([gauge("a", 1)]).problem ?? "", /no room/);
  assertEquals([...stage.failures], []);
});

Deno.test("take() rejects what is dated ahead, and dates what comes late", async () => {
  const stage = new Stage();
  const now = stage.clock.now();
  const ahead = stage.export([gauge("process.cpu.utilization", 0.1, {}, now + 3_600_000)]);
  assertEquals(ahead.rejectedPoints, 1);
  assertMatch(ahead.problem ?? "", /dated 3600 s ahead; set the sender's clock/);
  stage.export([gauge("process.cpu.utilization", 0.1, {}, now - 600_000)]);
  stage.export([gauge("process.cpu.utilization", 0.2, {}, now - 1_000)]);
  await stage.clock.advance(1);
  assertEquals(stage.samples.map(({ at }) => at), [now - 600_000, undefined]);
});

Deno.test("take() takes what is sent twice once", async () => {
  const stage = new Stage();
  stage.export([requests(stage, { "200": [0.02] })]);
  await stage.clock.advance(60_000);
  const again = requests(stage, { "200": [0.02, 0.02], "500": [0.02] });
  stage.export([again]);
  stage.export([again]);
  assertEquals(stage.samples.slice(1).map(({ metrics }) => metrics.errorRate), [50, 50]);
});

Deno.test("take() computes what configuration says, and says when that makes no sense", async () => {
  const source = {
    kind: "otlp",
    metrics: {
      queueLength: 'sum({"queue.length"})',
      memory: '{"queue.length"}',
      latency: '-sum({"queue.length"})',
    },
  };
  const stage = new Stage({
    metrics: [{ id: "queueLength", label: "Queue" }],
    services: [{ name: "checkout", source }],
  });
  const points = [number(3, { attributes: { q: "a" } }), number(4, { attributes: { q: "b" } })];
  const queue = metric("queue.length", { kind: "gauge", points });
  const outcome = stage.export([queue, gauge("process.cpu.utilization", 0.5)]);
  assertEquals(stage.last, { cpu: 50, queueLength: 7 });
  assertEquals(outcome.rejectedPoints, 0);
  assertMatch(outcome.problem ?? "", /expression of "memory" has 2 values, not one/);
  assertEquals(stage.failures.get("checkout")?.reason, "expression");
  await stage.clock.advance(60_000);
  const lone = metric("queue.length", { kind: "gauge", points: points.slice(0, 1) });
  assertMatch(stage.export([lone]).problem ?? "", /"latency" must give 0 ms to 3600000 ms, got -3/);
});

Deno.test("take() takes what a service exports that is configured with another source, and says so", () => {
  const stage = new Stage({ services: [{ name: "checkout" }] });
  const outcome = stage.export([gauge("process.cpu.utilization", 0.5)]);
  assertEquals([stage.last, outcome.rejectedPoints], [{ cpu: 50 }, 0]);
  assertEquals(stage.failures.get("checkout")?.reason, "source");
  assertMatch(outcome.problem ?? "", /source "push".*give it "source": \{ "kind": "otlp" \}/);
});

Deno.test("take() holds a bounded number of values", () => {
  const stage = new Stage();
  const points = Array.from(
    { length: VALUE_LIMITS.ofService + 1 },
    (_, index) => number(0.1, { attributes: { n: `${index}` } }),
  );
  const many = metric("process.cpu.utilization", { kind: "gauge", points });
  const outcome = stage.export([many, gauge("jvm.cpu.recent_utilization", 0.3)]);
  assertEquals(outcome.rejectedPoints, points.length);
  // Long labels take room as well, and so do other instances.
  const long = { attributes: { n: "x".repeat(64 * VALUE_LIMITS.ofService) } };
  const wordy = metric("process.cpu.utilization", { kind: "gauge", points: [number(1, long)] });
  assertEquals(stage.export([wordy]).rejectedPoints, 1);
  const half = metric("process.cpu.utilization", {
    kind: "gauge",
    points: points.slice(0, Math.ceil(0.6 * points.length)),
  });
  const of = (id: string) => ({ "service.name": "checkout", "service.instance.id": id });
  assertEquals(stage.export([half], of("a")).rejectedPoints, 0);
  assertEquals(stage.export([half], of("a")).rejectedPoints, 0);
  assertEquals(
    stage.export([half], of("b")).rejectedPoints,
    half.data.kind === "gauge" ? half.data.points.length : 0,
  );
  assertMatch(outcome.problem ?? "", /more than 20000 values of a service/);
  // What nothing looks at takes no room.
  const other = metric("other", { kind: "gauge", points });
  assertEquals(stage.export([other, gauge("process.cpu.utilization", 0.3)]).problem, null);
});

/** One point that takes all the room that a service has. */
const HEAVY = gauge("process.cpu.utilization", 0.1, {
  n: "x".repeat(64 * (VALUE_LIMITS.ofService - 1) - 100),
});

/** So many services with such a point take all the room there is. */
const ALL = Math.ceil(VALUE_LIMITS.ofAll / (VALUE_LIMITS.ofService - 2));

function exportOfAll(stage: Stage, metric: OtlpMetric): readonly OtlpOutcome[] {
  return Array.from({ length: ALL }, (_, index) => {
    return stage.export([metric], { "service.name": `shop-${index}` });
  });
}

Deno.test("take() counts what it holds of a service although its sample was refused", () => {
  const stage = new Stage();
  exportOfAll(stage, gauge("process.cpu.utilization", 0.1));
  stage.refusal = { kind: "full", reason: "no room", retryAfterMs: 1 };
  exportOfAll(stage, HEAVY);
  stage.refusal = null;
  const { rejectedPoints, problem } = stage.export([HEAVY]);
  assertEquals(rejectedPoints, 1);
  assertMatch(problem ?? "", /more than 1000000 values of all services/);
});

Deno.test("reconfigure() makes room by what it forgets", () => {
  const stage = new Stage();
  exportOfAll(stage, HEAVY);
  assertEquals(stage.export([HEAVY]).rejectedPoints, 1);
  const sources = { otlp: { interval: "30s" } };
  stage.receiver.reconfigure(parseConfig(JSON.stringify({ sources })));
  assertEquals(stage.export([HEAVY]), { rejectedPoints: 0, problem: null });
});

Deno.test("noteUnreadable() tells the card if the address names a service that is there, else the log", async () => {
  const stage = new Stage();
  const failure = { reason: "not otlp", detail: "Cannot read the body as OTLP JSON" };
  const sender = { service: null, address: "10.0.0.7" };
  for (let count = 0; count < 5; count++) stage.receiver.noteUnreadable(sender, failure);
  stage.receiver.noteUnreadable({ service: "checkout", address: "10.0.0.8" }, failure);
  assertEquals(stage.log.lines.length, 2);
  assertEquals([...stage.failures], []);
  await stage.clock.advance(60_000);
  stage.receiver.noteUnreadable(sender, failure);
  assertEquals(stage.log.lines.length, 3);
  stage.export([gauge("process.cpu.utilization", 0.1)]);
  stage.receiver.noteUnreadable({ service: "checkout", address: "10.0.0.8" }, failure);
  assertEquals(stage.failures.get("checkout"), failure);
});

Deno.test("reconfigure() begins anew with those services whose expressions are others", async () => {
  const services = (expression: string) => [{
    name: "checkout",
    source: { kind: "otlp", metrics: { cpu: expression } },
  }];
  const stage = new Stage({ services: services('100 * avg({"process.cpu.utilization"})') });
  stage.export([gauge("process.cpu.utilization", 0.1)]);
  assertEquals(stage.last, { cpu: 10 });
  const other = { services: services('avg({"process.cpu.utilization"})') };
  stage.receiver.reconfigure(parseConfig(JSON.stringify(other)));
  await stage.clock.advance(1_000);
  stage.export([gauge("process.cpu.utilization", 0.1)]);
  assertEquals(stage.last, { cpu: 0.1 });
});
