import { assertEquals } from "@std/assert";

import type { OtlpMetric } from "@/lib/domain/otlp/otlp_export.ts";
import { readMetrics } from "@/lib/sources/otlp/read_metrics.ts";
import { counter, number } from "@/tests/domain/otlp/points.ts";

function metricOf(name: string, seriesCount: number): OtlpMetric {
  const points = Array.from(
    { length: seriesCount },
    (_, index) => number(index, { attributes: { series: String(index) } }),
  );
  return { name, data: counter(points) };
}

Deno.test("readMetrics() leaves out what there is no room for, and takes what comes after it", () => {
  const metrics = [metricOf("small", 1), metricOf("big", 50), metricOf("small_too", 1)];
  const found = readMetrics({ attributes: {}, metrics }, {
    ...{ wants: () => true, room: 10, limit: "10 values", at: 1_000 },
  });
  assertEquals([...found.metrics.keys()], ["small", "small_too"]);
  assertEquals([found.rejected, found.problem], [50, "Cannot hold more than 10 values"]);
});
