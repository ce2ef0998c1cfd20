import { assertAlmostEquals, assertEquals } from "@std/assert";

import { evaluate } from "@/lib/domain/expression/evaluate.ts";
import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
import type { Observation } from "@/lib/domain/observation.ts";
import { SEMCONV } from "@/lib/domain/otlp/semconv_preset.ts";

/** A series: its name, its labels, and its values ten seconds ago and now, or now alone. */
type Series = readonly [
  name: string,
  labels: Readonly<Record<string, string>>,
  ...values: readonly number[],
];

function worth(metric: string, series: readonly Series[]): number | null {
  const [, text = ""] = SEMCONV.find(([id]) => id === metric) ?? [];
  const expression = parseExpression(text);
  const window = new ObservationWindow([expression]);
  const at = (index: number): Observation[] =>
    series.flatMap(([name, labels, ...values]) => {
      const value = values.at(index - 2);
      return value === undefined ? [] : [{ name, labels, value }];
    });
  window.push({ at: 0, observations: at(0) });
  window.push({ at: 10_000, observations: at(1) });
  return evaluate(expression, window);
}

const JVM_HEAP = { "jvm.memory.type": "heap" };
const DURATION = "http.server.request.duration";

Deno.test("SEMCONV makes cpu and memory of each form that they are exported in", async (t) => {
  const rows: [name: string, metric: string, series: Series[], value: number | null][] = [
    ["nothing", "cpu", [], null],
    ...["cpu.mode", "system.cpu.state", "state"].map((mode): [string, string, Series[], number] => [
      `idle of two processors by ${mode}`,
      "cpu",
      [
        ["system.cpu.utilization", { [mode]: "idle", cpu: "0" }, 0.9],
        ["system.cpu.utilization", { [mode]: "user", cpu: "0" }, 0.1],
        ["system.cpu.utilization", { [mode]: "idle", cpu: "1" }, 0.5],
      ],
      30,
    ]),
    ["a bare share", "cpu", [["system.cpu.utilization", {}, 0.25]], 25],
    [
      "time of the system",
      "cpu",
      [
        ["system.cpu.time", { state: "idle" }, 100, 106],
        ["system.cpu.time", { state: "user" }, 10, 14],
      ],
      40,
    ],
    [
      "two processes, each in two modes",
      "cpu",
      [
        ["process.cpu.utilization", { "service.instance.id": "a", "cpu.mode": "user" }, 0.2],
        ["process.cpu.utilization", { "service.instance.id": "a", "cpu.mode": "system" }, 0.1],
        ["process.cpu.utilization", { "service.instance.id": "b", "cpu.mode": "user" }, 0.5],
      ],
      40,
    ],
    ["a JVM", "cpu", [["jvm.cpu.recent_utilization", {}, 0.75]], 75],
    [
      "the system before the process",
      "cpu",
      [
        ["process.cpu.utilization", {}, 0.2],
        ["system.cpu.utilization", { "cpu.mode": "idle" }, 0.4],
      ],
      60,
    ],
    ["a rounding beyond a hundred", "cpu", [["system.cpu.utilization", {}, 1.0000001]], 100],
    [
      "a share by state",
      "memory",
      [
        ["system.memory.utilization", { "system.memory.state": "used" }, 0.3],
        ["system.memory.utilization", { "system.memory.state": "free" }, 0.7],
      ],
      30,
    ],
    [
      "bytes by state",
      "memory",
      [
        ["system.memory.usage", { state: "used" }, 300],
        ["system.memory.usage", { state: "free" }, 100],
      ],
      75,
    ],
    [
      "a process with a limit",
      "memory",
      [["process.memory.usage", {}, 128], ["container.memory.limit", {}, 512]],
      25,
    ],
    ["a process without a limit", "memory", [["process.memory.usage", {}, 128]], null],
    [
      "the heap of a JVM",
      "memory",
      [
        ["jvm.memory.used", { ...JVM_HEAP, pool: "eden" }, 100],
        ["jvm.memory.used", { ...JVM_HEAP, pool: "old" }, 300],
        ["jvm.memory.limit", { ...JVM_HEAP, pool: "old" }, 800],
        ["jvm.memory.used", { "jvm.memory.type": "non_heap" }, 900],
      ],
      50,
    ],
  ];
  for (const [name, metric, series, value] of rows) {
    await t.step(name, () => {
      const found = worth(metric, series);
      if (value === null) assertEquals(found, null);
      else assertAlmostEquals(found ?? NaN, value);
    });
  }
});

Deno.test("SEMCONV makes latency of seconds, and of the milliseconds of older conventions", () => {
  const buckets = (name: string, bounds: readonly number[]): Series[] => [
    [`${name}_bucket`, { le: `${bounds[0]}` }, 0, 0],
    [`${name}_bucket`, { le: `${bounds[1]}` }, 0, 100],
    [`${name}_bucket`, { le: "+Inf" }, 0, 100],
  ];
  assertAlmostEquals(worth("latency", buckets(DURATION, [0.1, 0.2])) ?? NaN, 195);
  assertAlmostEquals(worth("latency", buckets("http.server.duration", [100, 200])) ?? NaN, 195);
});

Deno.test("SEMCONV counts as errors what failed with a status, or without one", async (t) => {
  const of = (labels: Record<string, string>, growth: number): Series => {
    return [`${DURATION}_count`, labels, 1_000, 1_000 + growth];
  };
  const rows: [name: string, series: Series[], value: number | null][] = [
    ["all is well", [of({ "http.response.status_code": "200" }, 8)], 0],
    ["nothing was asked", [of({ "http.response.status_code": "200" }, 0)], null],
    [
      "a status, with its type of error and without",
      [
        of({ "http.response.status_code": "200" }, 6),
        of({ "http.response.status_code": "500", "error.type": "500" }, 1),
        of({ "http.response.status_code": "503" }, 1),
      ],
      25,
    ],
    [
      "a broken connection",
      [of({ "http.response.status_code": "200" }, 9), of({ "error.type": "ECONNRESET" }, 1)],
      10,
    ],
    [
      "what was asked wrongly is no error",
      [
        of({ "http.response.status_code": "200" }, 5),
        of({ "http.response.status_code": "404" }, 5),
      ],
      0,
    ],
    [
      "older conventions",
      [
        ["http.server.duration_count", { "http.status_code": "200" }, 0, 3],
        ["http.server.duration_count", { "http.status_code": "502" }, 0, 1],
      ],
      25,
    ],
  ];
  for (const [name, series, value] of rows) {
    await t.step(name, () => {
      const found = worth("errorRate", series);
      if (value === null) assertEquals(found, null);
      else assertAlmostEquals(found ?? NaN, value);
    });
  }
});
