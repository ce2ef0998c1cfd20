import { assertEquals, assertMatch } from "@std/assert";

import { MAX_BUCKETS, type MetricReading, readMeasures } from "@/lib/domain/otlp/measure.ts";
import type { MetricData } from "@/lib/domain/otlp/otlp_export.ts";

import { counter, exponentialOf, histogramOf, metric, number } from "./points.ts";

function read(data: MetricData, name = "m"): MetricReading {
  return readMeasures(metric(name, data));
}

function summary(value: number) {
  const facts = { attributes: { path: "/" }, startedAt: 5, at: 9, isEmpty: false };
  return { ...facts, count: 7, sum: 3.5, quantiles: [{ quantile: 0.95, value }] };
}

Deno.test("readMeasures() makes one measure of each series", () => {
  const { measures } = read({
    kind: "gauge",
    points: [number(1, { attributes: { cpu: "0" } }), number(2, { attributes: { cpu: "1" } })],
  });
  assertEquals(measures.map(({ labels, parts }) => [labels, parts.get("value")]), [
    [{ cpu: "0" }, 1],
    [{ cpu: "1" }, 2],
  ]);
});

Deno.test("readMeasures() knows what counts, and from when", () => {
  const rows: [name: string, data: MetricData, from: string][] = [
    ["gauge", { kind: "gauge", points: [number(1)] }, "nothing"],
    ["counter", counter([number(1)]), "start"],
    ["delta", counter([number(1)], "delta"), "last export"],
    [
      "what goes up and down",
      { kind: "sum", temporality: "cumulative", isMonotonic: false, points: [number(1)] },
      "nothing",
    ],
    [
      "histogram",
      { kind: "histogram", temporality: "delta", points: [histogramOf([], { bounds: [1] })] },
      "last export",
    ],
  ];
  for (const [name, data, from] of rows) {
    assertEquals(read(data).measures.map(({ countsFrom }) => countsFrom), [from], name);
  }
});

Deno.test("readMeasures() adds deltas of one series in one export, and takes the newest total", () => {
  const points = [number(3, { startedAt: 10, at: 20 }), number(4, { startedAt: 20, at: 30 })];
  const [delta] = read(counter(points, "delta")).measures;
  assertEquals([delta?.parts.get("value"), delta?.startedAt, delta?.at], [7, 10, 30]);
  const [total] = read(counter(points.toReversed())).measures;
  assertEquals(total?.parts.get("value"), 4);
});

Deno.test("readMeasures() takes a summary apart", () => {
  const { measures } = read({ kind: "summary", points: [summary(0.25)] });
  assertEquals(
    measures.map(({ suffix, labels, countsFrom, parts }) => {
      return [suffix, labels, countsFrom, parts.get("value")];
    }),
    [
      ["", { path: "/", quantile: "0.95" }, "nothing", 0.25],
      ["_count", { path: "/" }, "start", 7],
      ["_sum", { path: "/" }, "start", 3.5],
    ],
  );
});

Deno.test("readMeasures() leaves out what was not recorded and what is no number", () => {
  const points = [number(1, { isEmpty: true }), number(NaN), number(Infinity)];
  assertEquals(read({ kind: "gauge", points }), { measures: [], rejected: 0, problem: null });
  const { measures } = read({ kind: "summary", points: [summary(NaN)] });
  assertEquals(measures.map(({ suffix }) => suffix), ["_count", "_sum"]);
  assertEquals(read({ kind: "none" }).rejected, 0);
});

Deno.test("readMeasures() rejects what makes no sense, and says what is wrong with it", async (t) => {
  const good = histogramOf([1], { bounds: [2] });
  const rows: [name: string, data: MetricData, rejected: number, problem: RegExp][] = [
    ["no value", { kind: "gauge", points: [number(null), number(1)] }, 1, /no value, in "m"/],
    [
      "no temporality",
      {
        kind: "sum",
        temporality: "unspecified",
        isMonotonic: true,
        points: [number(1), number(2)],
      },
      2,
      /temporality is not specified; it must be DELTA or CUMULATIVE, in "m"/,
    ],
    [
      "bucket counts that do not fit",
      { kind: "histogram", temporality: "delta", points: [{ ...good, counts: [1] }] },
      1,
      /1 bounds need 2 bucket counts, got 1/,
    ],
    [
      "bounds that do not ascend",
      {
        kind: "histogram",
        temporality: "delta",
        points: [{ ...good, bounds: [2, 2], counts: [0, 0, 1] }],
      },
      1,
      /must ascend/,
    ],
    [
      "endless buckets",
      {
        kind: "exponential histogram",
        temporality: "delta",
        points: [{
          ...exponentialOf([1], { scale: 1 }),
          positive: { offset: 0, counts: Array(MAX_BUCKETS + 1).fill(1) },
        }],
      },
      1,
      /may have 2000 buckets, got 2001/,
    ],
    [
      "a wild scale",
      {
        kind: "exponential histogram",
        temporality: "delta",
        points: [{ ...exponentialOf([1], { scale: 1 }), scale: 2_000_000_000 }],
      },
      1,
      /scale/,
    ],
  ];
  for (const [name, data, rejected, problem] of rows) {
    await t.step(name, () => {
      const found = read(data);
      assertEquals(found.rejected, rejected);
      assertMatch(found.problem ?? "", problem);
    });
  }
});

Deno.test("readMeasures() rejects all points of a metric without a name", () => {
  assertEquals(read({ kind: "gauge", points: [number(1)] }, "").rejected, 1);
});
