import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { evaluate } from "@/lib/domain/expression/evaluate.ts";
import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";

import { type Row, setAt } from "./expressions.ts";

/** The values of an expression after each of some sets, which are `[seconds, value of x_total]`. */
function follow(text: string, history: readonly (readonly [number, number])[]): (number | null)[] {
  const expression = parseExpression(text);
  const window = new ObservationWindow([expression]);
  return history.map(([seconds, value]) => {
    window.push(setAt(seconds, [["x_total", {}, value]]));
    return evaluate(expression, window);
  });
}

Deno.test("ObservationWindow has no rate before the second set", () => {
  assertEquals(follow("rate(x_total)", [[0, 100], [10, 150]]), [null, 5]);
});

Deno.test("ObservationWindow takes a counter that falls as one that began again", () => {
  assertEquals(follow("increase(x_total)", [[0, 100], [10, 130], [20, 7], [30, 9]]), [
    null,
    30,
    7,
    2,
  ]);
  assertEquals(follow("rate(x_total[1m])", [[0, 100], [10, 130], [20, 7]]), [null, 3, 37 / 20]);
});

Deno.test("ObservationWindow never has a negative rate, whatever a counter does", () => {
  const value = fc.oneof(fc.double(), fc.integer({ min: -5, max: 100 }));
  const steps = fc.array(fc.tuple(fc.integer({ min: -3, max: 60 }), value), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.constantFrom("", "[20s]", "[5m]"), (history, range) => {
      let seconds = 0;
      const sums = history.map(([step, value]) => [seconds += step, value] as const);
      for (const rate of follow(`rate(x_total${range})`, sums)) assert(rate === null || rate >= 0);
    }),
  );
});

Deno.test("ObservationWindow counts all growth between the ends of a span, however it is cut", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(50)), {
    minLength: 2,
    maxLength: 80,
  });
  fc.assert(
    fc.property(steps, (growth) => {
      let [seconds, total] = [0, 0];
      const history = growth.map(([step, by]) => [seconds += step, total += by] as const);
      const [first = [0, 0]] = history;
      assertEquals(follow("increase(x_total[1h])", history).at(-1), total - first[1]);
    }),
  );
});

Deno.test("ObservationWindow leaves out a set that is not later", () => {
  const window = new ObservationWindow([]);
  assertEquals([5, 5, 4, 6, NaN].map((at) => window.push({ at, observations: [] })), [
    ...[true, false, false, true, false],
  ]);
  assertEquals(window.count, 2);
  assertEquals(follow("rate(x_total)", [[0, 1], [10, 21], [10, 90], [5, 99]]), [null, 2, 2, 2]);
});

Deno.test("ObservationWindow has no rate of a series that is new or was away", () => {
  const expression = parseExpression("sum(increase(x_total))");
  const window = new ObservationWindow([expression]);
  const sets: readonly Row[][] = [
    [["x_total", { code: "200" }, 10]],
    [["x_total", { code: "200" }, 15], ["x_total", { code: "500" }, 900]],
    [["x_total", { code: "500" }, 901]],
    [["x_total", { code: "200" }, 70], ["x_total", { code: "500" }, 903]],
  ];
  const sums = sets.map((rows, index) => {
    window.push(setAt(index, rows));
    return evaluate(expression, window);
  });
  assertEquals(sums, [null, 5, 1, 2]);
});

Deno.test("ObservationWindow takes a span as the mean over what it holds of it", async (t) => {
  const history = [[0, 0], [10, 10], [20, 40], [30, 100], [40, 180]] as const;
  const rows: [range: string, rates: (number | null)[]][] = [
    ["", [null, 1, 3, 6, 8]],
    ["[20s]", [null, 1, 2, 4.5, 7]],
    ["[1s]", [null, 1, 3, 6, 8]],
    ["[1h]", [null, 1, 2, 100 / 30, 4.5]],
  ];
  for (const [range, rates] of rows) {
    await t.step(`rate(x_total${range})`, () => {
      assertEquals(follow(`rate(x_total${range})`, history), rates);
    });
  }
});

Deno.test("ObservationWindow is right about a long span although it keeps few places of it", () => {
  const history = Array.from({ length: 3_600 }, (_, second) => [second, second * 2] as const);
  assertEquals(follow("rate(x_total[10m])", history).at(-1), 2);
});

Deno.test("ObservationWindow goes on after a value that is no number", () => {
  const history = [[0, 1], [1, NaN], [2, 5], [3, Infinity], [4, 6], [5, 8]] as const;
  assertEquals(follow("rate(x_total)", history), [null, null, null, null, null, 2]);
});

Deno.test("ObservationWindow finds nothing for an expression that it was not made for", () => {
  const window = new ObservationWindow([parseExpression("up")]);
  window.push(setAt(0, [["up", {}, 1], ["down", {}, 1]]));
  assertEquals(evaluate(parseExpression("down"), window), null);
  assertEquals(evaluate(parseExpression("up * 2"), window), 2);
});

Deno.test("ObservationWindow keeps labels apart whose names mean something to objects", () => {
  const expression = parseExpression('sum(x{__proto__="a"}) + count(x{constructor=""})');
  const window = new ObservationWindow([expression]);
  const labels = Object.defineProperty({}, "__proto__", { value: "a", enumerable: true });
  window.push(setAt(0, [["x", labels, 40], ["x", { toString: "b" }, 2]]));
  assertEquals(evaluate(expression, window), 42);
});
