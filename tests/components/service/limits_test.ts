import { assertEquals } from "@std/assert";

import { findCharted } from "@/components/service/chart_model.ts";
import { findLimits } from "@/components/service/limits.ts";
import { BUILT_IN_METRICS, type Metric } from "@/lib/domain/metric.ts";

import { alert } from "../views.ts";

const CPU: Metric = {
  ...{ id: "cpu", label: "CPU", name: "CPU", unit: "%", min: 0, max: 100, decimals: 1 },
};

Deno.test("findLimits() takes the limit of the live series", () => {
  assertEquals(findLimits(CPU, { live: { limit: 85 }, alerts: [] }), [
    { kind: "limit", value: 85, text: "85 %" },
  ]);
  assertEquals(findLimits(CPU, { live: { limit: null }, alerts: [] }), []);
  assertEquals(findLimits(CPU, { live: undefined, alerts: [] }), []);
});

Deno.test("findLimits() adds those of alerts on the same metric, each once", () => {
  const high = alert("HIGH_CPU", "a");
  if (high.definition.kind !== "threshold") throw new Error("HIGH_CPU has a threshold");
  const alerts = [
    { definition: { ...high.definition, critical: 95 } },
    alert("HIGH_MEMORY", "a"),
    alert("SERVICE_DOWN", "a"),
  ];
  assertEquals(
    findLimits(CPU, { live: { limit: 85 }, alerts }).map(({ kind, value }) => [kind, value]),
    [
      ["critical", 95],
      ["limit", 85],
    ],
  );
});

Deno.test("findCharted() keeps the order of the screen and forgets no series", () => {
  const columns = { t: [1], min: [1], max: [1], avg: [1], count: [1] };
  const history = {
    ...{ from: 0, to: 1, stepMs: 0, gaps: [] },
    metrics: { latency: columns, old: columns },
  };
  const charted = findCharted(BUILT_IN_METRICS, { history, live: { cpu: {} } });
  assertEquals(charted.map(({ id }) => id), ["cpu", "latency", "old"]);
});
