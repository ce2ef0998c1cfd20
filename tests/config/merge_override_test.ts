import { assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";

import { issuesOf } from "./issues_of.ts";

const RULES = [
  { name: "CPU", metric: "cpu", above: 85, clear: 80, for: 3 },
  { name: "LATENCY", metric: "latency", below: 10, for: 3, mean: 2 },
  { name: "SILENCE", missingHeartbeat: "5s" },
];

function fileWith(overrides: unknown): Record<string, unknown> {
  return { rules: RULES, services: [{ name: "a", rules: overrides }] };
}

Deno.test("mergeOverride() changes what is given and keeps the rest", async (t) => {
  const rows: [string, string, unknown, Record<string, unknown>][] = [
    ["nothing", "CPU", {}, { limit: 85, clear: 80, hold: { kind: "samples", breaches: 3, of: 3 } }],
    ["the limit, clear stays", "CPU", { above: 95 }, { limit: 95, clear: 80 }],
    ["the limit down to clear", "CPU", { above: 80 }, { limit: 80, clear: 80 }],
    ["limit and clear", "CPU", { above: 70, clear: 65 }, { limit: 70, clear: 65 }],
    ["clear alone", "CPU", { clear: 85 }, { limit: 85, clear: 85 }],
    ["the limit, clear was left out", "LATENCY", { below: 20 }, { limit: 20, clear: 20 }],
    ["for", "CPU", { for: "1 of 2" }, { hold: { kind: "samples", breaches: 1, of: 2 } }],
    ["mean", "LATENCY", { mean: 7 }, { mean: 7, hold: { kind: "samples", breaches: 3, of: 3 } }],
    ["severity", "CPU", { severity: "critical" }, { severity: "critical", mean: 1 }],
    ["silence", "SILENCE", { missingHeartbeat: "1m" }, { limitMs: 60_000, severity: "critical" }],
    ["severity of silence", "SILENCE", { severity: "warning" }, {
      limitMs: 5_000,
      severity: "warning",
    }],
  ];
  for (const [name, rule, override, expected] of rows) {
    await t.step(name, () => {
      const { services, rules } = parseConfig(JSON.stringify(fileWith({ [rule]: override })));
      const base = rules.find((each) => each.name === rule);
      const merged = services[0]?.rules.find((each) => each.name === rule);
      assertEquals(merged, merged && base && { ...base, ...merged, ...expected });
      assertEquals(services[0]?.rules.length, 3);
    });
  }
});

Deno.test("mergeOverride() takes 0 for a critical limit, and false for none", () => {
  const file = {
    metrics: [{ id: "temperature", label: "Temp.", min: -50, max: 50 }],
    rules: [{ name: "WARM", metric: "temperature", above: -10, critical: -5 }],
    services: [
      { name: "a", rules: { WARM: { critical: 0 } } },
      { name: "b", rules: { WARM: { critical: false } } },
    ],
  };
  const { services } = parseConfig(JSON.stringify(file));
  const limits = services.map(({ rules: [rule] }) => rule?.kind === "threshold" && rule.critical);
  assertEquals(limits, [0, null]);
});

Deno.test("mergeOverride() refuses what does not fit the rule", async (t) => {
  const rows: [string, unknown, string[]][] = [
    ["a limit beyond the rule's own clear", { CPU: { above: 70 } }, [
      'CPU.clear: is missing; the rule\'s own 80 is on the bad side of "above": 70',
    ]],
    ["clear beyond the rule's limit", { CPU: { clear: 90 } }, [
      'CPU.clear: must be from 0 to 85, on the good side of "above": 85, got 90',
    ]],
    ["the other side", { CPU: { below: 10 } }, ['CPU.below: does not fit: CPU has "above"']],
    ["the other side of below", { LATENCY: { above: 10 } }, [
      'LATENCY.above: does not fit: LATENCY has "below"',
    ]],
    ["silence for a threshold", { CPU: { missingHeartbeat: "5s" } }, [
      "CPU.missingHeartbeat: does not fit: CPU is a threshold rule",
    ]],
    ["a threshold for silence", { SILENCE: { above: 1, for: 3 } }, [
      "SILENCE.above: does not fit: SILENCE is a missing-heartbeat rule",
      "SILENCE.for: does not fit: SILENCE is a missing-heartbeat rule",
    ]],
    ["a limit out of range", { CPU: { above: 120 } }, [
      "CPU.above: must be at least 0 and below 100, the range of cpu, got 120",
    ]],
    ["a longer look than the window", { LATENCY: { mean: 60 } }, [
      'LATENCY: "mean" and "for" together must need at most 60 samples, got 62',
    ]],
  ];
  for (const [name, overrides, issues] of rows) {
    await t.step(name, () => {
      const prefixed = issues.map((issue) => `services[0].rules.${issue}`);
      assertEquals(issuesOf(fileWith(overrides)), prefixed);
    });
  }
});
