import { join } from "node:path";

import { assert, assertEquals } from "@std/assert";

import { checkConfig, checkMetrics, Prometheus } from "./prometheus.ts";
import { PROJECT, QUIET, RunningApp } from "./running_app.ts";

/** With metrics of its own, one of which is named like what Vitals tells itself. */
const CONFIG = {
  ...QUIET,
  metrics: [
    { id: "queueLength", label: "Queue" },
    { id: "heap", label: 'Heap "old" \\ new', unit: "MiB" },
    { id: "ordersTotal", label: "Orders", unit: "/s" },
    { id: "status", label: "Status" },
  ],
  services: [
    { name: "checkout", tags: ["shop"], dependsOn: ["db"], source: { kind: "push" } },
    { name: "db", source: { kind: "push" } },
    { name: "demo", source: { kind: "simulated", profile: "api", seed: 1 } },
  ],
  receivers: [{ name: "ops", kind: "log" }],
  maintenance: [{
    ...{ name: "nightly", match: { service: "db" }, timeZone: "UTC" },
    ...{ from: "2020-01-01T03:00", to: "2020-01-01T04:00" },
  }],
};

const METRICS = { cpu: 41.2, latency: 120.5, queueLength: 7, heap: 1.5, ordersTotal: 3, status: 1 };

async function startWatched(): Promise<RunningApp> {
  const app = await RunningApp.start(CONFIG);
  const start = Date.now() - 10_000;
  await app.push({ service: "checkout", at: start, metrics: METRICS });
  for (const second of [0, 1, 2]) {
    await app.push({ service: "db", at: start + second * 1_000, metrics: { cpu: 95 } });
  }
  return app;
}

Deno.test("GET /metrics: promtool finds nothing to complain about", async () => {
  await using app = await startWatched();
  const response = await fetch(`${app.origin}/metrics`);
  const text = await response.text();
  assert(text.includes("vitals_service_status_2{"), "there is a name that is taken");
  assertEquals(await checkMetrics(text), { code: 0, complaints: "" });
});

Deno.test("GET /metrics: a real Prometheus scrapes it and answers with our series", async () => {
  await using app = await startWatched();
  await using prometheus = await Prometheus.start(new URL(app.origin).host);
  const cpu = await prometheus.query("vitals_service_cpu_ratio{service='checkout'}");
  const [target] = await prometheus.targets();
  assertEquals([target?.health, target?.lastError], ["up", ""]);
  assertEquals(target?.scrapeUrl, `${app.origin}/metrics`);
  assertEquals(cpu.map(({ value }) => value[1]), ["0.412"]);
  const rows: [expression: string, value: string][] = [
    ["vitals_service_latency_seconds{service='checkout'}", "0.1205"],
    ["vitals_service_heap_bytes{service='checkout'}", "1572864"],
    ["vitals_service_orders_total_per_second{service='checkout'}", "3"],
    ["vitals_service_status{service='db',status='DEGRADED'}", "1"],
    ["vitals_service_status{service='db',status='DOWN'}", "0"],
    ["vitals_alert{service='db',rule='HIGH_CPU',state='firing',severity='warning'}", "1"],
    ["vitals_alerts{state='firing',severity='warning'}", "1"],
    ["vitals_notification_decisions_total{reason='first'}", "1"],
    ["count(vitals_service_info)", "3"],
    ["vitals_worker_up{service='demo'}", "1"],
    ["vitals_decision_duration_seconds_count > bool 3", "1"],
    ["vitals_history_up", "1"],
    ["process_resident_memory_bytes > bool 10e6", "1"],
    ["time() - vitals_service_last_heartbeat_timestamp_seconds{service='db'} < bool 60", "1"],
  ];
  for (const [expression, expected] of rows) {
    const found = await prometheus.query(expression);
    assertEquals(found.map(({ value }) => value[1]), [expected], expression);
  }
  assertEquals(await prometheus.end(), 0);
});

Deno.test("docs/metrics.md: promtool takes the scrape configuration, Prometheus the rules", async () => {
  const page = await Deno.readTextFile(join(PROJECT, "docs", "metrics.md"));
  const [scrape = "", rules = ""] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) =>
    text
  );
  const { code, complaints } = await checkConfig(scrape);
  assertEquals(code, 0, complaints);
  await using app = await startWatched();
  await using prometheus = await Prometheus.start(new URL(app.origin).host, rules);
  const found = await prometheus.query("vitals:service_unhealthy == 1");
  assertEquals(found.map(({ metric }) => metric.service), ["db"]);
  const names = (await prometheus.rules()).map(({ name, health }) => [name, health]);
  assertEquals(
    names,
    [...rules.matchAll(/(?:record|alert): (\S+)/g)].map(([, name]) => [name, "ok"]),
  );
});
