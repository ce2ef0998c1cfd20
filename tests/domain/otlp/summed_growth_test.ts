import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";

import { evaluate } from "@/lib/domain/expression/evaluate.ts";
import type { Expression } from "@/lib/domain/expression/expression.ts";
import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
import type { Observation } from "@/lib/domain/observation.ts";
import { readMeasures } from "@/lib/domain/otlp/measure.ts";
import {
  advanceMetric,
  type MetricMemory,
  observeMetric,
} from "@/lib/domain/otlp/metric_memory.ts";
import { SEMCONV } from "@/lib/domain/otlp/semconv_preset.ts";
import { findSummedLabels, SummedGrowth } from "@/lib/domain/otlp/summed_growth.ts";

import { histogramOf, metric } from "./points.ts";

function summedIn(...texts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(findSummedLabels(texts.map(parseExpression)));
}

Deno.test("findSummedLabels() finds what is only looked at as a sum of growth", async (t) => {
  const rows: [name: string, texts: string[], summed: Record<string, string[]>][] = [
    ["a sum", ["sum(rate(a))"], { a: [] }],
    ["conditions and groups", ['sum by (g) (increase(a{c="1"}))'], { a: ["g", "c"] }],
    ["two expressions", ['sum(rate(a{c="1"}))', 'sum(rate(a{d="1"}))'], { a: ["c", "d"] }],
    [
      "within others",
      ["histogram_quantile(0.9, sum by (le) (rate(a_bucket))) + 1"],
      { a_bucket: ["le"] },
    ],
    ["buckets without their bounds", ["sum(rate(a_bucket))"], {}],
    ["a value too", ["sum(rate(a)) / sum(a)"], {}],
    ["a mean", ["avg(rate(a))"], {}],
    ["all labels but some", ["sum without (x) (rate(a))"], {}],
    ["growth as it is", ["rate(a)"], {}],
    ["a sum of something else", ["sum(2 * rate(a))"], {}],
  ];
  for (const [name, texts, summed] of rows) {
    await t.step(name, () => assertEquals(summedIn(...texts), summed));
  }
});

Deno.test("findSummedLabels() finds the requests of web servers in the preset", () => {
  const found = summedIn(...SEMCONV.map(([, text]) => text));
  assertEquals(found["http.server.request.duration_bucket"], ["le"]);
  assertEquals(found["http.server.request.duration_count"], [
    ...["http.response.status_code", "error.type"],
  ]);
});

const NAME = "http.server.request.duration";

function worth(
  expression: Expression,
  [earlier, now]: readonly [readonly Observation[], readonly Observation[]],
): number | null {
  const window = new ObservationWindow([expression]);
  window.push({ at: 0, observations: earlier });
  window.push({ at: 60_000, observations: now });
  return evaluate(expression, window);
}

/** What an expression is worth, of all series or of their sums. */
function bothWays(expression: Expression, memory: MetricMemory): readonly (number | null)[] {
  const options = { name: NAME, labels: { "service.instance.id": "a" }, spanMs: 60_000 };
  const { earlier, now } = observeMetric(memory, options);
  const summed = findSummedLabels([expression]);
  const leavesOut = (name: string) => summed.has(name);
  const rest = observeMetric(memory, { ...options, leavesOut });
  const sums = new SummedGrowth(summed);
  sums.add(memory, options);
  const grown = sums.observations();
  const zeros = grown.map((each) => ({ ...each, value: 0 }));
  return [
    worth(expression, [earlier, now]),
    worth(expression, [[...rest.earlier, ...zeros], [...rest.now, ...grown]]),
  ];
}

Deno.test("SummedGrowth changes nothing of what expressions are worth", () => {
  const seconds = fc.array(fc.double({ min: 0.001, max: 3, noNaN: true }), { maxLength: 6 });
  const series = fc.record({
    route: fc.constantFrom("/", "/cart", "/pay"),
    status: fc.constantFrom("200", "404", "500"),
    before: fc.option(seconds),
    after: seconds,
  });
  const many = fc.uniqueArray(series, {
    selector: ({ route, status }) => route + status,
    maxLength: 6,
  });
  const expressions = [...SEMCONV.slice(2).map(([, text]) => text), `sum(rate({"${NAME}_sum"}))`];
  fc.assert(fc.property(many, (all) => {
    const at = 1_700_000_000_000;
    let memory: MetricMemory | null = null;
    for (const [turn, part] of (["before", "after"] as const).entries()) {
      const points = all.flatMap(({ route, status, before, after }) => {
        const values = part === "before" ? before : [...before ?? [], ...after];
        if (values === null) return [];
        return [histogramOf(values, {
          bounds: [0.01, 0.1, 0.5, 1],
          attributes: { "http.route": route, "http.response.status_code": status },
          ...{ at: at + turn * 60_000, startedAt: at - 3_600_000 },
        })];
      });
      const data = { kind: "histogram", temporality: "cumulative", points } as const;
      const { measures } = readMeasures(metric(NAME, data));
      const context = { at: at + turn * 60_000, previousAt: null, freshMs: 120_000 };
      memory = advanceMetric(memory, measures, context);
    }
    assert(memory);
    for (const text of expressions) {
      const [whole, summed] = bothWays(parseExpression(text), memory);
      if (whole === null || summed === null) assertEquals(summed, whole, text);
      else assertAlmostEquals(summed ?? NaN, whole ?? NaN, 1e-6, text);
    }
  }));
});
