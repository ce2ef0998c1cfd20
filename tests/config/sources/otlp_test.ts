import { assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import type { OtlpConfig } from "@/lib/ports/source_config.ts";

import { issuesOf } from "../issues_of.ts";

/** A file with one service, of this source. */
function fileOf(source: Readonly<Record<string, unknown>>, rest = {}): Record<string, unknown> {
  const metrics = [{ id: "queueLength", label: "Queue" }];
  const entry = { kind: "otlp", ...source };
  return { metrics, services: [{ name: "checkout", source: entry }], ...rest };
}

function parse(file: unknown): MonitorConfig {
  return parseConfig(JSON.stringify(file));
}

function sourceOf(file: unknown): OtlpConfig {
  const source = parse(file).services[0]?.source;
  if (source?.kind !== "otlp") throw new Error(`Cannot test ${source?.kind}`);
  return source;
}

Deno.test("otlp takes its defaults: the preset, an export each minute", () => {
  const source = sourceOf(fileOf({}));
  assertEquals([source.intervalMs, source.silenceMs, source.hosts], [60_000, 150_000, []]);
  assertEquals(source.metrics.map(({ metric }) => metric), [
    ...["cpu", "memory", "latency", "errorRate"],
  ]);
});

Deno.test("otlp lets own expressions go before those of the preset", () => {
  const expression = 'sum({"queue.length"})';
  const own = { queueLength: expression, cpu: "99" };
  const { metrics } = sourceOf(fileOf({ metrics: own }));
  assertEquals(metrics.map(({ metric }) => metric), [
    ...["memory", "latency", "errorRate", "queueLength", "cpu"],
  ]);
  assertEquals(metrics[3]?.expression, parseExpression(expression));
  assertEquals(sourceOf(fileOf({ metrics: own, preset: "none" })).metrics.length, 2);
});

Deno.test("otlp allows a silence that fits the interval, its own or that of all", () => {
  const limitOf = (config: MonitorConfig) =>
    config.services[0]?.rules.flatMap((rule) =>
      rule.kind === "missingHeartbeat" ? [rule.limitMs] : []
    );
  assertEquals(limitOf(parse(fileOf({ interval: "10s" }))), [25_000]);
  const sources = { otlp: { interval: "30s" } };
  assertEquals(limitOf(parse(fileOf({}, { sources }))), [75_000]);
  assertEquals(limitOf(parse(fileOf({ interval: "10s" }, { sources }))), [25_000]);
  const { otlp } = parse({ sources }).sources;
  assertEquals([otlp.intervalMs, otlp.silenceMs, otlp.metrics.length], [30_000, 75_000, 4]);
});

Deno.test("otlp says of each wrong value what would be right", async (t) => {
  const place = "services[0].source";
  const rows: [name: string, file: unknown, issue: string][] = [
    [
      "an interval",
      fileOf({ interval: "often" }),
      `${place}.interval: must be a duration such as "60s", got "often"`,
    ],
    [
      "an interval out of bounds",
      fileOf({ interval: "2h" }),
      `${place}.interval: must be from 1s to 1h, got "2h"`,
    ],
    [
      "a preset",
      fileOf({ preset: "semcnv" }),
      `${place}.preset: must be "semconv" or "none", got "semcnv"; did you mean "semconv"?`,
    ],
    [
      "a metric",
      fileOf({ metrics: { queueLenght: "1" } }),
      `${place}.metrics.queueLenght: no metric is called "queueLenght"; did you mean "queueLength"?`,
    ],
    [
      "a span",
      fileOf({ metrics: { cpu: "sum(rate(jobs[5m]))" } }),
      `${place}.metrics.cpu: must not have a span such as [5m]: it grows from one export to the next`,
    ],
    [
      "the interval of all",
      { sources: { otlp: { interval: "0.1s" } } },
      'sources.otlp.interval: must be from 1s to 1h, got "0.1s"',
    ],
    [
      "a key of sources",
      { sources: { otlpp: {} } },
      'sources.otlpp: unknown key; did you mean "otlp"?',
    ],
  ];
  for (const [name, file, issue] of rows) {
    await t.step(name, () => assertEquals(issuesOf(file), [issue]));
  }
});

Deno.test("otlp says at which character an expression goes wrong", () => {
  const [issue = ""] = issuesOf(fileOf({ metrics: { cpu: "summ(up)" } }));
  assertEquals(
    issue.startsWith("services[0].source.metrics.cpu: is no expression, at character 1: "),
    true,
    issue,
  );
});
