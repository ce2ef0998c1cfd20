import { assert, assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import type { SourceFailureView } from "@/lib/protocol/views.ts";
import { createSource } from "@/lib/sources/create_source.ts";
import { answered, FakeHosts } from "@/tests/sources/probe/probes.ts";

import { Timeline } from "./timeline.ts";

const SOURCE = { kind: "probe", url: "https://shop.example.com/health", interval: "10s" };

const CONFIG = parseConfig(JSON.stringify({
  services: [{ name: "shop", source: { ...SOURCE, timeout: "5s" } }, { name: "other" }],
  receivers: [{ name: "ops", kind: "log", groupWait: "0s" }],
}));

function start(): { readonly line: Timeline; readonly hosts: FakeHosts } {
  const found: FakeHosts[] = [];
  const line = new Timeline(CONFIG, undefined, {
    observe: (clock) => {
      const hosts = new FakeHosts(clock);
      found.push(hosts);
      const tools = hosts.tools();
      return (service) => createSource(service, tools);
    },
  });
  const [hosts] = found;
  assert(hosts !== undefined);
  return { line, hosts };
}

function failureOf(line: Timeline): SourceFailureView | null | undefined {
  return line.screen?.services.get("shop")?.failure;
}

function rulesOf(line: Timeline): string[] {
  return line.alerts.filter(({ service, state }) => service === "shop" && state !== "resolved")
    .map(({ rule, state }) => `${rule} ${state}`);
}

Deno.test("a probed service shows its latency and its error rate", async () => {
  const { line } = start();
  await line.quiet(60_000);
  const { status, metrics, source, failure } = line.screen?.services.get("shop") ?? {};
  assertEquals(status, "HEALTHY");
  assertEquals(source, { kind: "probe", about: "GET https://shop.example.com/" });
  assertEquals([metrics?.["latency"]?.value, metrics?.["errorRate"]?.value], [12.35, 0]);
  assertEquals(failure, null);
  await line.monitor.stop();
});

Deno.test("a probed service that fails goes DOWN after two looks, with its reason, and recovers", async () => {
  const { line, hosts } = start();
  await line.quiet(30_000);
  hosts.answer = () => answered(503);
  await line.quiet(5_000);
  const detail = "shop.example.com answered 503, expected 2xx";
  assertEquals(failureOf(line)?.reason, "status 503");
  assertEquals(failureOf(line)?.detail, detail);
  // One failure is no outage.
  assertEquals(line.status("shop"), "HEALTHY");
  await line.quiet(12_000);
  assertEquals(line.status("shop"), "DOWN");
  assertEquals(rulesOf(line), ["SERVICE_DOWN firing"]);
  assertEquals(failureOf(line)?.reason, "status 503");

  // Failing on is no sign of life, whatever the reason is.
  hosts.answer = () => ({ kind: "failed", reason: "timeout", detail: "late" });
  await line.quiet(600_000);
  assertEquals(line.status("shop"), "DOWN");
  assertEquals(failureOf(line)?.reason, "timeout");

  hosts.answer = () => answered(200);
  await line.quiet(10_000);
  assertEquals(failureOf(line), null);
  // What the latest looks say of the service is not good yet.
  assertEquals(rulesOf(line), ["HIGH_ERROR_RATE pending"]);
  const down = line.story.filter((told) => told.includes("shop SERVICE_DOWN"));
  assertEquals(down.map((told) => told.split(" ").slice(1).join(" ")), [
    "shop SERVICE_DOWN firing",
    "shop SERVICE_DOWN resolved",
  ]);
  await line.monitor.stop();
});

Deno.test("a probed service that has never answered goes DOWN as well", async () => {
  const { line, hosts } = start();
  hosts.answer = () => ({ kind: "failed", reason: "dns", detail: "There is no such host" });
  await line.quiet(26_000);
  assertEquals([line.status("shop"), failureOf(line)?.reason], ["DOWN", "dns"]);
  await line.monitor.stop();
});

Deno.test("the failure of one service is nothing to the others, and the log says it once", async () => {
  const { line, hosts } = start();
  hosts.answer = () => answered(500);
  for (let second = 0; second < 50; second++) await line.send("other", { cpu: 20 });
  assertEquals(line.status("other"), "HEALTHY");
  assertEquals(line.screen?.services.get("other")?.failure, null);
  assertEquals(line.log.lines.filter((told) => told.includes("source")), ["warn: source failed"]);
  await line.monitor.stop();
});

Deno.test("a probe with another address begins anew, and what was wrong is forgotten", async () => {
  const { line, hosts } = start();
  hosts.answer = () => answered(500);
  await line.quiet(2_000);
  assertEquals(failureOf(line)?.reason, "status 500");
  const [shop, ...rest] = CONFIG.services;
  assert(shop?.source.kind === "probe");
  const source = { ...shop.source, about: "GET https://new.example.com/" };
  hosts.answer = () => answered(200);
  await line.monitor.reconfigure({ ...CONFIG, services: [{ ...shop, source }, ...rest] });
  assertEquals(line.monitor.collector.service("shop")?.failure, null);
  await line.quiet(2_000);
  assertEquals(line.status("shop"), "HEALTHY");
  await line.monitor.stop();
});
