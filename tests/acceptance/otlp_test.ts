import { assertEquals } from "@std/assert";

import type { OtlpMetric } from "@/lib/domain/otlp/otlp_export.ts";
import { metric, number } from "@/tests/domain/otlp/points.ts";

import { configOf } from "../support/config.ts";
import { Lives } from "./lives.ts";

/** An export of one gauge of a service, observed now. */
function send(lives: Lives, service = "checkout", value = 0.2): void {
  const cpu: OtlpMetric = metric("process.cpu.utilization", {
    kind: "gauge",
    points: [number(value, { at: lives.clock.now() })],
  });
  const resources = [{ attributes: { "service.name": service }, metrics: [cpu] }];
  lives.monitor.otlp.take({ resources }, { service: null, address: "127.0.0.1" });
}

function viewOf(lives: Lives, service = "checkout") {
  const view = lives.monitor.collector.service(service);
  return view && { status: view.status, source: view.source, cpu: view.metrics.cpu?.value };
}

const OTLP = { kind: "otlp", about: "OpenTelemetry" } as const;

Deno.test("a service that comes by OpenTelemetry unasked is missed after two and a half exports", async () => {
  const lives = new Lives(configOf());
  send(lives);
  assertEquals(viewOf(lives), { status: "HEALTHY", source: OTLP, cpu: 20 });
  await lives.clock.advance(149_999);
  assertEquals(viewOf(lives)?.status, "HEALTHY");
  await lives.clock.advance(1);
  assertEquals(viewOf(lives)?.status, "DOWN");
  send(lives);
  assertEquals(viewOf(lives)?.status, "HEALTHY");
});

Deno.test("a service that came by OpenTelemetry is known as that after a restart", async () => {
  const lives = new Lives(configOf());
  send(lives);
  lives.monitor.collector.ingest([{ service: "pushed", metrics: {} }]);
  await lives.clock.advance(4_000);
  await lives.restart(1_000);
  assertEquals(viewOf(lives)?.source, OTLP);
  assertEquals(viewOf(lives, "pushed")?.source, { kind: "push" });
  await lives.clock.advance(100_000);
  assertEquals(viewOf(lives)?.status, "UNKNOWN");
  assertEquals(viewOf(lives, "pushed")?.status, "DOWN");
  await lives.clock.advance(50_001);
  assertEquals(viewOf(lives)?.status, "DOWN");
});

Deno.test("a service that was pushed and comes by OpenTelemetry is that from then on", async () => {
  const lives = new Lives(configOf());
  lives.monitor.collector.ingest([{ service: "checkout", metrics: {} }]);
  send(lives);
  await lives.clock.advance(60_000);
  assertEquals(viewOf(lives), { status: "HEALTHY", source: OTLP, cpu: 20 });
  await lives.restart(1_000);
  assertEquals(viewOf(lives)?.source, OTLP);
});

Deno.test("bad points of one service touch no other, and their reason goes with the next good export", async () => {
  const lives = new Lives(configOf());
  send(lives, "cart");
  send(lives);
  await lives.clock.advance(60_000);
  const bad = metric("process.cpu.utilization", { kind: "gauge", points: [number(null)] });
  const good = metric("process.cpu.utilization", { kind: "gauge", points: [number(0.9)] });
  const outcome = lives.monitor.otlp.take({
    resources: [
      { attributes: { "service.name": "checkout" }, metrics: [bad] },
      { attributes: { "service.name": "cart" }, metrics: [good] },
    ],
  }, { service: null, address: "127.0.0.1" });
  assertEquals(outcome.rejectedPoints, 1);
  const failureOf = (name: string) => lives.monitor.collector.service(name)?.failure?.reason;
  assertEquals([failureOf("checkout"), failureOf("cart")], ["rejected", undefined]);
  assertEquals([viewOf(lives)?.cpu, viewOf(lives, "cart")?.cpu], [20, 90]);
  await lives.clock.advance(60_000);
  send(lives);
  assertEquals(failureOf("checkout"), undefined);
});

Deno.test("what is exported is an ordinary sample: rules judge it, and it is kept", async () => {
  const lives = new Lives(configOf());
  for (let count = 0; count < 3; count++) {
    send(lives, "checkout", 0.97);
    await lives.clock.advance(60_000);
  }
  assertEquals(viewOf(lives)?.status, "DEGRADED");
  assertEquals(lives.kept.samples.map(({ metrics }) => metrics.cpu), [97, 97, 97]);
});
