import { assert, assertEquals, assertMatch } from "@std/assert";

import type { MetricFamily } from "@/lib/domain/exposition.ts";
import { startCounters } from "@/lib/live/hub_counters.ts";
import {
  COLLECTOR_COUNTERS,
  DELIVERY_COUNTERS,
  HUB_COUNTERS,
  LEDGER_COUNTERS,
} from "@/lib/metrics/counter_texts.ts";
import { gatherFamilies } from "@/lib/metrics/gather_families.ts";
import type { Measurements } from "@/lib/metrics/measurements.ts";
import { startMailboxCounters } from "@/lib/notify/mailbox_counters.ts";
import type { ServiceReading } from "@/lib/protocol/views.ts";
import type { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import { readingOf } from "@/tests/support/readings.ts";

import { measurementsOf, watchedCheckout } from "./measurements.ts";

function readingsOf(monitor: FakeMonitor): ServiceReading[] {
  return monitor.dashboard().services.map(readingOf);
}

/** Returns the samples of a family as `[labels, value]`. */
function samplesOf(measured: Partial<Measurements>, name: string): unknown[] {
  const family = gatherFamilies(measurementsOf(measured)).find((each) => each.name === name);
  if (family === undefined) throw new Error(`There is no family ${name}`);
  return "samples" in family
    ? family.samples.map(({ labels, value }) => [Object.values(labels).join(" "), value])
    : [family];
}

Deno.test("gatherFamilies() tells the last value of each series in base units", () => {
  const services = readingsOf(watchedCheckout().monitor);
  assertEquals(samplesOf({ services }, "vitals_service_cpu_ratio"), [["checkout", 0.412]]);
  assertEquals(samplesOf({ services }, "vitals_service_latency_seconds"), [["checkout", 0.1205]]);
  assertEquals(samplesOf({ services }, "vitals_service_error_rate_ratio"), [["checkout", 0.004]]);
});

Deno.test("gatherFamilies() tells status and heartbeat of each service", () => {
  const { monitor } = watchedCheckout();
  monitor.tag("cart", "shop");
  const services = readingsOf(monitor);
  assertEquals(samplesOf({ services }, "vitals_service_status").slice(0, 5), [
    ["cart HEALTHY", 1],
    ["cart DEGRADED", 0],
    ["cart DOWN", 0],
    ["cart UNKNOWN", 0],
    ["checkout HEALTHY", 1],
  ]);
  assertEquals(samplesOf({ services }, "vitals_service_last_heartbeat_timestamp_seconds"), [
    ["checkout", 1_700_000_000],
  ]);
  assertEquals(samplesOf({ services }, "vitals_services")[0], ["HEALTHY", 2]);
  assertEquals(samplesOf({ services }, "vitals_service_tag_info"), [["cart shop", 1]]);
});

Deno.test("gatherFamilies() tells alerts by service and rule, never by id", () => {
  const { monitor } = watchedCheckout();
  monitor.alertTo("checkout", "firing");
  monitor.alertTo("cart", "pending");
  const { alerts } = monitor.dashboard();
  assertEquals(samplesOf({ alerts }, "vitals_alert"), [
    ["cart HIGH_CPU warning pending", 1],
    ["checkout HIGH_CPU warning firing", 1],
  ]);
  assertEquals(samplesOf({ alerts }, "vitals_alerts"), [
    ["pending warning", 1],
    ["pending critical", 0],
    ["firing warning", 1],
    ["firing critical", 0],
  ]);
  const id = alerts[0]?.id ?? "";
  assert(!JSON.stringify(gatherFamilies(measurementsOf({ alerts }))).includes(id));
});

Deno.test("gatherFamilies() counts faults of a service together", () => {
  const fault = { service: "auth", kind: "cpu-spike", intensity: 1, durationMs: 1 } as const;
  const faults = ["1", "2"].map((id) => ({ ...fault, id, startedAt: 0 }));
  assertEquals(samplesOf({ faults }, "vitals_faults"), [["auth cpu-spike", 2]]);
});

Deno.test("gatherFamilies() tells nothing of a history that is not kept", () => {
  const { counts } = measurementsOf();
  const names = (history: Measurements["counts"]["history"]) =>
    gatherFamilies(measurementsOf({ counts: { ...counts, history } }))
      .filter(({ name }) => name.startsWith("vitals_history_")).length;
  assertEquals([names(counts.history), names(null)], [7, 0]);
});

Deno.test("gatherFamilies() makes names and helps that fit, each name once", () => {
  const families = gatherFamilies(measurementsOf());
  assertEquals(new Set(families.map(({ name }) => name)).size, families.length);
  for (const { name, help, unit, kind } of families) {
    assertMatch(name, /^(?:vitals|process)_[a-z0-9_]+$/);
    assertMatch(help, /^[A-Z0-9].*\.$/);
    assert(unit === null || name.endsWith(`_${unit}`), name);
    if (kind === "counter") assert(!name.endsWith("_total"), name);
  }
});

Deno.test("gatherFamilies() says the same in whatever order services come", () => {
  const { monitor } = watchedCheckout();
  monitor.tag("cart", "shop");
  const services = readingsOf(monitor);
  const told = (list: typeof services): MetricFamily[] =>
    gatherFamilies(measurementsOf({ services: list }));
  assertEquals(told(services.toReversed()), told(services));
});

Deno.test("the tables of counters name all that is counted", () => {
  assertEquals(Object.keys(HUB_COUNTERS).sort(), Object.keys(startCounters()).sort());
  assertEquals(Object.keys(DELIVERY_COUNTERS).sort(), Object.keys(startMailboxCounters()).sort());
  const texts = [COLLECTOR_COUNTERS, HUB_COUNTERS, LEDGER_COUNTERS, DELIVERY_COUNTERS];
  const names = texts.flatMap((table) => Object.values(table).map(({ name }) => name));
  assertEquals(new Set(names).size, names.length);
});
