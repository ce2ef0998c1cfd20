import { assertEquals, assertExists } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import { BUILT_IN_METRICS, type Metric } from "@/lib/domain/metric.ts";

import { issuesOf } from "./issues_of.ts";

const CPU = { name: "R", metric: "cpu", above: 85 };

Deno.test("resolveRule() fills in what is left out", () => {
  const { rules } = parseConfig(JSON.stringify({
    rules: [CPU, { name: "H", missingHeartbeat: "1m" }],
  }));
  assertEquals(rules, [
    {
      kind: "threshold",
      name: "R",
      severity: "warning",
      metric: metricOf("cpu"),
      direction: "above",
      limit: 85,
      clear: 85,
      mean: 1,
      critical: null,
      hold: { kind: "samples", breaches: 1, of: 1 },
      keepFiringForMs: 0,
      services: ["*"],
    },
    {
      kind: "missingHeartbeat",
      name: "H",
      severity: "critical",
      limitMs: 60_000,
      criticalMs: null,
      keepFiringForMs: 0,
      services: ["*"],
    },
  ]);
});

Deno.test("resolveRule() reads every key", () => {
  const rule = {
    ...{ name: "R", metric: "latency", below: 10, clear: 12.5, mean: 4, for: "3 of 5" },
    ...{ severity: "critical", services: ["auth-*", "b"] },
  };
  assertEquals(parseConfig(JSON.stringify({ rules: [rule] })).rules, [{
    kind: "threshold",
    name: "R",
    severity: "critical",
    metric: metricOf("latency"),
    direction: "below",
    limit: 10,
    clear: 12.5,
    mean: 4,
    critical: null,
    hold: { kind: "samples", breaches: 3, of: 5 },
    keepFiringForMs: 0,
    services: ["auth-*", "b"],
  }]);
});

Deno.test("resolveRule() refuses what cannot be", async (t) => {
  const range = "rules[0].above: must be at least 0 and below 100, the range of cpu, got";
  const lower = "rules[0].below: must be above 0 and at most 100, the range of cpu, got";
  const { above: _, ...none } = CPU;
  const rows: [string, unknown, string[]][] = [
    ["neither side", none, ['rules[0]: must have either "above" or "below", got neither']],
    ["both sides", { ...CPU, below: 5 }, [
      'rules[0]: must have either "above" or "below", got both',
    ]],
    ["no such metric", { ...CPU, metric: "cpuu" }, [
      'rules[0].metric: no metric is called "cpuu"; did you mean "cpu"?',
    ]],
    ["a metric that is far from any", { ...CPU, metric: "disk" }, [
      'rules[0].metric: no metric is called "disk"; ' +
      'known are "cpu", "memory", "latency" and "errorRate"',
    ]],
    ["above the highest value", { ...CPU, above: 100 }, [`${range} 100`]],
    ["above less than the lowest value", { ...CPU, above: -1 }, [`${range} -1`]],
    ["below the lowest value", { ...none, below: 0 }, [`${lower} 0`]],
    ["below more than the highest value", { ...none, below: 101 }, [`${lower} 101`]],
    ["clear on the bad side", { ...CPU, clear: 90 }, [
      'rules[0].clear: must be from 0 to 85, on the good side of "above": 85, got 90',
    ]],
    ["clear out of range", { ...CPU, clear: -1 }, [
      'rules[0].clear: must be from 0 to 85, on the good side of "above": 85, got -1',
    ]],
    ["clear on the bad side of below", { ...none, below: 20, clear: 10 }, [
      'rules[0].clear: must be from 20 to 100, on the good side of "below": 20, got 10',
    ]],
    ["more breaches than samples", { ...CPU, for: "5 of 3" }, [
      'rules[0].for: must not need more samples than it looks at, got "5 of 3"',
    ]],
    ["a longer look than the window", { ...CPU, for: "2 of 61" }, [
      'rules[0]: "for" must need at most 60 samples, got 61',
    ]],
    ["a mean that needs more than the window", { ...CPU, mean: 30, for: 32 }, [
      'rules[0]: "mean" and "for" together must need at most 60 samples, got 61',
    ]],
    ["a silence too short", { name: "H", missingHeartbeat: "99ms" }, [
      'rules[0].missingHeartbeat: must be from 100ms to 24d, got "99ms"',
    ]],
    ["a silence too long", { name: "H", missingHeartbeat: "25d" }, [
      'rules[0].missingHeartbeat: must be from 100ms to 24d, got "25d"',
    ]],
    ["no silence at all", { name: "H", missingHeartbeat: "0s" }, [
      'rules[0].missingHeartbeat: must be from 100ms to 24d, got "0s"',
    ]],
    ["several things", { ...CPU, metric: "x", for: "3 of 2", below: 1 }, [
      'rules[0]: must have either "above" or "below", got both',
      'rules[0].metric: no metric is called "x"; ' +
      'known are "cpu", "memory", "latency" and "errorRate"',
      'rules[0].for: must not need more samples than it looks at, got "3 of 2"',
    ]],
  ];
  for (const [name, rule, issues] of rows) {
    await t.step(name, () => assertEquals(issuesOf({ rules: [rule] }), issues));
  }
});

Deno.test("resolveRule() takes the longest look the window allows", () => {
  assertEquals(issuesOf({ rules: [{ ...CPU, mean: 30, for: 31 }] }), []);
  assertEquals(issuesOf({ rules: [{ ...CPU, for: "1 of 60" }] }), []);
});

function metricOf(id: string): Metric {
  const metric = BUILT_IN_METRICS.find((each) => each.id === id);
  assertExists(metric);
  return metric;
}
