import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";

import { evaluate, evaluateOutcome } from "@/lib/domain/expression/evaluate.ts";
import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";

import { ANY_EXPRESSION, type Row, setAt } from "./expressions.ts";

function evaluateOver(text: string, ...sets: readonly Row[][]): number | null {
  const expression = parseExpression(text);
  const window = new ObservationWindow([expression]);
  for (const [index, rows] of sets.entries()) window.push(setAt(index * 10, rows));
  return evaluate(expression, window);
}

const HTTP: Row[] = [
  ["http_total", { code: "200", path: "/" }, 80],
  ["http_total", { code: "404", path: "/" }, 12],
  ["http_total", { code: "500", path: "/" }, 6],
  ["http_total", { code: "503", path: "/pay" }, 2],
  ["size", { path: "/" }, 10],
  ["size", { path: "/pay" }, 4],
  ["lonely", {}, 7],
];

Deno.test("evaluate() computes as Prometheus does", async (t) => {
  const rows: [text: string, value: number | null][] = [
    ["1 + 2 * 3 - 4 / 2", 5],
    ["-2 * 3", -6],
    ["1 / 0", null],
    ["0 / 0", null],
    ["lonely", 7],
    ["lonely{code=''}", 7],
    ["lonely{code!=''}", null],
    ["missing", null],
    ["http_total", null],
    ["sum(http_total)", 100],
    ["sum(http_total{code='200'})", 80],
    ["sum(http_total{code!='200'})", 20],
    ["sum(http_total{code=~'5..'})", 8],
    ["sum(http_total{code=~'5'})", null],
    ["sum(http_total{code!~'5..|404'})", 80],
    ["100 * sum(http_total{code=~'5..'}) / sum(http_total)", 8],
    ["avg(http_total)", 25],
    ["min(http_total)", 2],
    ["max(http_total)", 80],
    ["count(http_total)", 4],
    ["count(missing)", null],
    ["sum(missing) or vector(0)", 0],
    ["sum(lonely) or vector(0)", 7],
    ["count(sum by (path) (http_total))", 2],
    ["max(sum by (path) (http_total))", 98],
    ["count(sum without (code) (http_total))", 2],
    ["max(sum by (path) (http_total) / size)", 9.8],
    ["sum(sum by (path) (http_total) / size)", 10.3],
    ["http_total / size", null],
    ["max(clamp_max(http_total, 50))", 50],
    ["min(clamp_min(http_total, 5))", 5],
    ["-lonely", -7],
    ["10 - lonely", 3],
    ["lonely / 0", null],
    ["count(http_total or size)", 6],
    ["sum(http_total or http_total{code='200'})", 100],
  ];
  for (const [text, value] of rows) {
    await t.step(text, () => {
      const found = evaluateOver(text, HTTP);
      if (value === null) assertEquals(found, null);
      else assertAlmostEquals(found ?? NaN, value, 1e-9);
    });
  }
});

Deno.test("evaluate() estimates quantiles from the rates of buckets", () => {
  const buckets = (counts: readonly number[]): Row[] =>
    ["0.1", "0.5", "1.0", "+Inf"].map((le, index) => ["b", { le }, counts[index] ?? 0]);
  const p95 = "1000 * histogram_quantile(0.95, sum by (le) (rate(b)))";
  // 100 in between: 60 to 0.1 s, 30 to 0.5 s, 8 to 1 s, 2 beyond. The 95th is 5/8 of the way from 0.5 to 1.
  assertAlmostEquals(
    evaluateOver(p95, buckets([5, 5, 5, 5]), buckets([65, 95, 103, 105])) ?? NaN,
    812.5,
    1e-9,
  );
  assertEquals(evaluateOver(p95, buckets([5, 5, 5, 5]), buckets([5, 5, 5, 5])), null);
});

Deno.test("evaluate() keeps sums and means of what is not a number as such, and minima apart from it", () => {
  const rows: Row[] = [["x", { a: "1" }, NaN], ["x", { a: "2" }, 3]];
  assertEquals(
    ["sum(x)", "avg(x)", "min(x)", "max(x)", "count(x)"].map((text) => evaluateOver(text, rows)),
    [null, null, 3, 3, 2],
  );
});

Deno.test("evaluateOutcome() says why there is no value", async (t) => {
  const rows: [text: string, kind: string][] = [
    ["missing", "missing"],
    ["rate(lonely)", "missing"],
    ["sum(http_total) * sum(http_total) / (lonely - 7)", "undefined"],
    ["http_total", "several"],
    ["lonely", "value"],
  ];
  for (const [text, kind] of rows) {
    await t.step(text, () => {
      const expression = parseExpression(text);
      const window = new ObservationWindow([expression]);
      window.push(setAt(0, HTTP));
      assertEquals(evaluateOutcome(expression, window).kind, kind);
    });
  }
});

const NAMES = ["up", "sum", "http.duration", "node_cpu_seconds_total"];

Deno.test("evaluate() gives a finite number or nothing, whatever is asked of whatever", () => {
  const row = fc.tuple(
    fc.constantFrom(...NAMES),
    fc.dictionary(fc.constantFrom("code", "le", "by"), fc.constantFrom("", "1", "500", "+Inf")),
    fc.double(),
  );
  const sets = fc.array(fc.array(row, { maxLength: 10 }), { maxLength: 4 });
  fc.assert(
    fc.property(ANY_EXPRESSION, sets, (expression, histories) => {
      const window = new ObservationWindow([expression]);
      for (const [index, rows] of histories.entries()) window.push(setAt(index, rows));
      const value = evaluate(expression, window);
      assert(value === null || Number.isFinite(value));
    }),
    { numRuns: 500 },
  );
});

Deno.test("evaluate() has the sum of groups be the sum of all", () => {
  const row = fc.tuple(
    fc.constant("x"),
    fc.record({ a: fc.constantFrom("", "1", "2"), b: fc.constantFrom("1", "2", "3") }),
    fc.integer({ min: -1_000, max: 1_000 }),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const all = evaluateOver("sum(x)", rows);
      for (const grouping of ["by (a)", "by (a, b)", "without (a)", "by ()"]) {
        assertEquals(evaluateOver(`sum(sum ${grouping} (x))`, rows), all);
      }
      const [min, avg, max] = ["min", "avg", "max"].map((each) => evaluateOver(`${each}(x)`, rows));
      assert((min ?? NaN) <= (avg ?? NaN) && (avg ?? NaN) <= (max ?? NaN));
    }),
  );
});
