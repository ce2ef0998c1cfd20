import { assertEquals, assertThrows } from "@std/assert";

import { formatDuration, parseDuration } from "@/lib/domain/instant.ts";
import { BUILT_IN_IDS, BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { appliesTo, DEFAULT_RULES } from "@/lib/domain/rule.ts";

const THREE = { kind: "samples", breaches: 3, of: 3 } as const;

Deno.test("DEFAULT_RULES watch each built-in metric and the heartbeat", () => {
  const watched = DEFAULT_RULES.map((rule) =>
    rule.kind === "threshold"
      ? [rule.name, rule.metric.id, rule.limit, rule.mean, rule.hold]
      : [rule.name, rule.limitMs]
  );
  assertEquals(watched, [
    ["HIGH_CPU", "cpu", 85, 1, THREE],
    ["HIGH_MEMORY", "memory", 90, 1, THREE],
    ["HIGH_LATENCY", "latency", 500, 5, THREE],
    ["HIGH_ERROR_RATE", "errorRate", 5, 1, THREE],
    ["SERVICE_DOWN", 5_000],
  ]);
  assertEquals(watched.length, BUILT_IN_METRICS.length + 1);
});

Deno.test("appliesTo() matches names and wildcards", async (t) => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ["*", "checkout", true],
    ["checkout", "checkout", true],
    ["checkout", "checkout-2", false],
    ["auth-*", "auth-service", true],
    ["auth-*", "oauth-service", false],
    ["*-db", "payments-db", true],
    ["a*b*c", "axxbyyc", true],
    ["a*b*c", "axxcyyb", false],
    ["ab*ba", "aba", false],
    ["a.c", "abc", false],
  ];
  for (const [pattern, service, wants] of rows) {
    await t.step(`${pattern} and ${service}`, () => {
      assertEquals(appliesTo({ services: [pattern] }, service), wants);
    });
  }
});

Deno.test("parseDuration() knows units and refuses the rest", () => {
  const rows = { "500ms": 500, "5s": 5e3, "1.5m": 9e4, "24h": 864e5, "30d": 2592e6, "2y": 63072e6 };
  for (const [text, wants] of Object.entries(rows)) assertEquals(parseDuration(text), wants);
  for (const text of ["", "5", "s", "5 s", "-5s", "0s", "5w", "1e3s"]) {
    assertThrows(() => parseDuration(text), SyntaxError, `got "${text}"`);
  }
});

Deno.test("formatDuration() names the two largest units", () => {
  const rows = [[-5, "0.0 s"], [640, "0.6 s"], [9_949, "9.9 s"], [12_900, "12 s"], [
    60_000,
    "1 min",
  ]];
  for (const [durationMs, wants] of rows) assertEquals(formatDuration(Number(durationMs)), wants);
  assertEquals(formatDuration(11_520_000), "3 h 12 min");
  assertEquals(formatDuration(7_200_000), "2 h");
  assertEquals(formatDuration(187_200_000), "2 d 4 h");
});

Deno.test("BUILT_IN_IDS are those of BUILT_IN_METRICS", () => {
  assertEquals(BUILT_IN_METRICS.map(({ id }) => id), [...BUILT_IN_IDS]);
});
