/**
 * Arbitrary expressions and sets of observations for tests.
 *
 * @module
 */

import fc from "fast-check";

import type {
  Expression,
  Grouping,
  LabelCondition,
  Operator,
  Selector,
} from "@/lib/domain/expression/expression.ts";
import { isScalar } from "@/lib/domain/expression/expression.ts";
import type { Observation, ObservationSet } from "@/lib/domain/observation.ts";

/** A value of a series: `["http_total", { code: "200" }, 7]`. */
export type Row = readonly [name: string, labels: Record<string, string>, value: number];

/** Returns a set of observations at so many seconds. */
export function setAt(seconds: number, rows: readonly Row[]): ObservationSet {
  const observations = rows.map(([name, labels, value]): Observation => ({ name, labels, value }));
  return { at: seconds * 1_000, observations };
}

const name = fc.oneof(
  fc.constantFrom("up", "node_cpu_seconds_total", "job:rate", "sum", "or", "NaN", "http.duration"),
  fc.string({ minLength: 1, maxLength: 6, unit: "binary" }),
);

const condition: fc.Arbitrary<LabelCondition> = fc.oneof(
  fc.record({
    label: fc.oneof(fc.constantFrom("code", "le", "by"), fc.string({ minLength: 1, maxLength: 4 })),
    operator: fc.constantFrom("=", "!="),
    text: fc.string({ maxLength: 6, unit: "binary" }),
  }),
  fc.record({
    label: fc.constantFrom("code", "le"),
    operator: fc.constantFrom("=~", "!~"),
    text: fc.constantFrom("5..", "a|b", "\\d+", ".*", ""),
  }),
).filter(({ label }) => label !== "__name__");

const selector: fc.Arbitrary<Selector> = fc.record({
  kind: fc.constant("selector"),
  name,
  conditions: fc.array(condition, { maxLength: 3 }),
});

const grouping: fc.Arbitrary<Grouping> = fc.record({
  kind: fc.constantFrom("by", "without"),
  labels: fc.array(fc.constantFrom("code", "le", "http.route", "by"), { maxLength: 2 }),
});

/** A finite number that is not negative; never minus zero. */
const number = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs);

const scalar: fc.Arbitrary<Expression> = fc.record({ kind: fc.constant("number"), value: number });

const growth: fc.Arbitrary<Expression> = fc.record({
  kind: fc.constant("growth"),
  function: fc.constantFrom("rate", "increase"),
  selector,
  rangeMs: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 86_400_000 })),
});

function deeper(part: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  const series = part.filter((expression) => !isScalar(expression));
  const operator = fc.constantFrom<Operator>("+", "-", "*", "/");
  return fc.oneof(
    fc.record({
      kind: fc.constant("aggregation"),
      aggregator: fc.constantFrom("sum", "avg", "min", "max", "count"),
      grouping,
      of: series,
    }),
    fc.record({
      kind: fc.constant("quantile"),
      part: fc.constantFrom(0, 0.5, 0.95, 1),
      of: series,
    }),
    fc.record({
      kind: fc.constant("clamp"),
      bound: fc.constantFrom("min", "max"),
      of: series,
      limit: fc.constantFrom(-1.5, 0, 100),
    }),
    fc.record({ kind: fc.constant("vector"), of: part.filter(isScalar) }),
    fc.record({ kind: fc.constant("negation"), of: part }),
    fc.record({ kind: fc.constant("operation"), operator, left: part, right: part }),
    fc.record({
      kind: fc.constant("operation"),
      operator: fc.constant("or"),
      left: series,
      right: series,
    }),
  );
}

function layer(depth: number): fc.Arbitrary<Expression> {
  const leaf = fc.oneof(selector, growth, scalar);
  return depth === 0 ? leaf : fc.oneof(leaf, deeper(layer(depth - 1)));
}

/** Any expression, up to three operations deep. */
export const ANY_EXPRESSION: fc.Arbitrary<Expression> = layer(3);
