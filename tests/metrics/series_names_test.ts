import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { nameSeries } from "@/lib/metrics/series_names.ts";

function namesOf(metrics: readonly [id: string, unit: string][], taken: string[] = []): string[] {
  return nameSeries(metrics.map(([id, unit]) => ({ id, unit })), taken).map(({ family }) => family);
}

Deno.test("nameSeries() names the built-in metrics in base units", () => {
  assertEquals(nameSeries(BUILT_IN_METRICS, []).map(({ family }) => family), [
    "vitals_service_cpu_ratio",
    "vitals_service_memory_ratio",
    "vitals_service_latency_seconds",
    "vitals_service_error_rate_ratio",
  ]);
});

Deno.test("nameSeries() names declared metrics", () => {
  const rows: [id: string, unit: string, family: string][] = [
    ["queueLength", "", "vitals_service_queue_length"],
    ["HTTPErrors", "req/s", "vitals_service_http_errors_req_per_second"],
    ["heap_bytes", "MiB", "vitals_service_heap_bytes"],
    ["ordersTotal", "", "vitals_service_orders_total_value"],
    ["queueCount", "", "vitals_service_queue_count_value"],
    ["odd__id_", "", "vitals_service_odd_id"],
  ];
  for (const [id, unit, family] of rows) assertEquals(namesOf([[id, unit]]), [family], id);
});

Deno.test("nameSeries() gives a number to a name that is taken", () => {
  assertEquals(namesOf([["a", "%"], ["a_ratio", ""], ["A", "%"]]), [
    "vitals_service_a_ratio",
    "vitals_service_a_ratio_2",
    "vitals_service_a_ratio_3",
  ]);
  assertEquals(namesOf([["status", ""]], ["vitals_service_status"]), ["vitals_service_status_2"]);
});

Deno.test("nameSeries() makes distinct valid names, which later metrics do not change", () => {
  const id = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/);
  const metric = fc.tuple(
    id,
    fc.oneof(fc.constantFrom("%", "ms", ""), fc.string({ maxLength: 6 })),
  );
  fc.assert(fc.property(fc.array(metric, { maxLength: 12 }), fc.nat(12), (metrics, kept) => {
    const names = namesOf(metrics);
    assertEquals(new Set(names).size, metrics.length);
    for (const name of names) {
      assertMatch(name, /^vitals_service_[a-z0-9_]+$/);
      assert(!/_(?:total|count|sum|bucket|info|created)$/.test(name), name);
    }
    assertEquals(namesOf(metrics.slice(0, kept)), names.slice(0, kept));
  }));
});
