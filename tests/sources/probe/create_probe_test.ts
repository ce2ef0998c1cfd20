import { assertEquals } from "@std/assert";

import type { ProbeConfig } from "@/lib/ports/source_config.ts";
import { createProbe } from "@/lib/sources/probe/create_probe.ts";

import { answered, FakeHosts, FakeSampleSink, httpProbe, probeOf } from "./probes.ts";

function start(source: ProbeConfig = httpProbe()) {
  const hosts = new FakeHosts();
  const sink = new FakeSampleSink();
  const probe = createProbe({ name: "shop", source }, hosts.tools());
  probe.start(sink);
  return { hosts, sink, probe };
}

Deno.test("createProbe() makes a sample of a look that succeeds", async () => {
  const { hosts, sink, probe } = start();
  await hosts.clock.advance(1_000);
  assertEquals(sink.samples, [{ service: "shop", metrics: { latency: 12.35, errorRate: 0 } }]);
  assertEquals(sink.failures, [["shop", null]]);
  await hosts.clock.advance(30_000);
  assertEquals(sink.samples.length, 4);
  await probe.stop();
});

Deno.test("createProbe() says why a look has failed, and makes no sample of it", async () => {
  const { hosts, sink, probe } = start();
  hosts.answer = () => answered(503);
  await hosts.clock.advance(1_000);
  const detail = "shop.example.com answered 503, expected 2xx";
  assertEquals(sink.failures, [["shop", { reason: "status 503", detail }]]);
  assertEquals(sink.samples, []);
  await probe.stop();
});

Deno.test("createProbe() tells the error rate of the latest 20 looks", async () => {
  const { hosts, sink, probe } = start();
  const rates = () => sink.samples.map(({ metrics }) => metrics["errorRate"]);
  await hosts.clock.advance(1_000);
  hosts.answer = () => answered(500);
  await hosts.clock.advance(10_000);
  hosts.answer = () => answered(200);
  await hosts.clock.advance(20_000);
  assertEquals(rates(), [0, 33.33, 25]);
  await hosts.clock.advance(170_000);
  assertEquals(rates().slice(-2), [5, 5]);
  await hosts.clock.advance(10_000);
  assertEquals(rates().at(-1), 0);
  await probe.stop();
});

Deno.test("createProbe() has few words for reasons", async () => {
  const { hosts, sink, probe } = start();
  for (const reason of ["dns", "broken off", "failed", "too large"] as const) {
    hosts.answer = () => ({ kind: "failed", reason, detail: reason });
    await hosts.clock.advance(10_000);
  }
  const reasons = sink.failures.slice(-4).map(([, failure]) => failure?.reason);
  assertEquals(reasons, ["dns", "unreachable", "unreachable", "too large"]);
  await probe.stop();
});

Deno.test("createProbe() looks at ports", async () => {
  const source = probeOf({ kind: "tcp", hostname: "db.example.com", port: 5_432 });
  const { hosts, sink, probe } = start({ ...source, denyPrivate: true });
  await hosts.clock.advance(1_000);
  assertEquals(sink.samples, [{ service: "shop", metrics: { latency: 1, errorRate: 0 } }]);
  const { hostname, port, timeoutMs, denyPrivate } = hosts.connected[0] ?? {};
  assertEquals([hostname, port, timeoutMs, denyPrivate], ["db.example.com", 5_432, 5_000, true]);
  hosts.accept = () => ({ kind: "failed", reason: "refused", detail: "closed" });
  await hosts.clock.advance(10_000);
  assertEquals(sink.failures.at(-1), ["shop", { reason: "refused", detail: "closed" }]);
  await probe.stop();
});

Deno.test("createProbe() asks as it is configured to", async () => {
  const { hosts, probe } = start({ ...httpProbe({ method: "HEAD" }), denyPrivate: true });
  await hosts.clock.advance(1_000);
  const { method, timeoutMs, maxBytes, redirects, body } = hosts.asked[0] ?? {};
  assertEquals([method, timeoutMs, maxBytes, redirects, body], ["HEAD", 5_000, 10_000, 5, null]);
  assertEquals(hosts.policies, [{ denyPrivate: true }]);
  await probe.stop();
});

Deno.test("createProbe() neither looks nor tells after its end, even of a look under way", async () => {
  const { hosts, sink, probe } = start();
  const { promise, resolve } = Promise.withResolvers<void>();
  hosts.answer = async () => {
    await promise;
    return answered(200);
  };
  await hosts.clock.advance(1_000);
  const stopped = probe.stop();
  resolve();
  await stopped;
  await probe.stop();
  probe.start(sink);
  await hosts.clock.advance(60_000);
  assertEquals([hosts.asked.length, sink.samples.length, sink.failures.length], [1, 0, 0]);
  assertEquals(hosts.clock.pending, 0);
});

Deno.test("createProbe() says why its sample was refused, and goes on", async () => {
  const { hosts, sink, probe } = start();
  sink.result = { kind: "full", reason: "no room", retryAfterMs: 1 };
  await hosts.clock.advance(1_000);
  sink.result = { kind: "invalid", issues: [{ path: "[0].metrics", message: "must be less" }] };
  await hosts.clock.advance(10_000);
  sink.result = { kind: "accepted", count: 1 };
  await hosts.clock.advance(10_000);
  assertEquals(sink.failures.map(([, failure]) => failure), [
    { reason: "full", detail: "no room" },
    { reason: "value", detail: "[0].metrics: must be less" },
    null,
  ]);
  assertEquals(hosts.errors, []);
  await probe.stop();
});
