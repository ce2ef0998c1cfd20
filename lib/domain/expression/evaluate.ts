/**
 * What an expression is worth, after the rules of PromQL.
 *
 * @module
 */

import { aggregate } from "./aggregate.ts";
import { type Expression, type Growth, isScalar, type Operator } from "./expression.ts";
import { quantilesOf } from "./histogram_quantile.ts";
import type { ObservationWindow } from "./observation_window.ts";
import { labelsKey, type SeriesVector } from "./series_vector.ts";

/** What came of an expression. */
export type Outcome =
  | { readonly kind: "value"; readonly value: number }
  /** There are no series, or none that fit each other. */
  | { readonly kind: "missing" }
  /** A division by zero, say: a rate of errors where nothing was asked. Ordinary. */
  | { readonly kind: "undefined" }
  /** There are several values where one is wanted. */
  | { readonly kind: "several"; readonly count: number };

/**
 * Returns the one finite number that an expression is worth; `null` if it has none.
 *
 * @example How busy a processor was from one set of observations to the next
 * ```ts
 * import { evaluate } from "@/lib/domain/expression/evaluate.ts";
 * import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
 * import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const busy = parseExpression('100 * (1 - avg(rate(cpu_seconds_total{mode="idle"})))');
 * const window = new ObservationWindow([busy]);
 * const idle = (value: number) => ({ name: "cpu_seconds_total", labels: { mode: "idle" }, value });
 * window.push({ at: 0, observations: [idle(100)] });
 * assertEquals(evaluate(busy, window), null);
 * window.push({ at: 10_000, observations: [idle(107.5)] });
 * assertEquals(evaluate(busy, window), 25);
 * ```
 */
export function evaluate(expression: Expression, window: ObservationWindow): number | null {
  const outcome = evaluateOutcome(expression, window);
  return outcome.kind === "value" ? outcome.value : null;
}

/** Returns what an expression is worth, or why it has no value. */
export function evaluateOutcome(expression: Expression, window: ObservationWindow): Outcome {
  const values = isScalar(expression)
    ? [scalarOf(expression)]
    : vectorOf(expression, window).map(({ value }) => value);
  const [value] = values;
  if (value === undefined) return { kind: "missing" };
  if (values.length > 1) return { kind: "several", count: values.length };
  return Number.isFinite(value) ? { kind: "value", value } : { kind: "undefined" };
}

/** What has no bare value is not a number. */
function scalarOf(expression: Expression): number {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "negation":
      return -scalarOf(expression.of);
    case "operation":
      return calculate(expression.operator, scalarOf(expression.left), scalarOf(expression.right));
    case "selector":
    case "growth":
    case "aggregation":
    case "quantile":
    case "clamp":
    case "vector":
      return NaN;
  }
}

function vectorOf(expression: Expression, window: ObservationWindow): SeriesVector {
  switch (expression.kind) {
    case "number":
      return [{ labels: {}, value: expression.value }];
    case "selector":
      return window.latest(expression);
    case "growth":
      return growthOf(expression, window);
    case "aggregation":
      return aggregate(vectorOf(expression.of, window), expression);
    case "quantile":
      return quantilesOf(vectorOf(expression.of, window), expression.part);
    case "clamp": {
      const clamp = expression.bound === "min" ? Math.max : Math.min;
      return mapValues(vectorOf(expression.of, window), (value) => clamp(value, expression.limit));
    }
    case "vector":
      return [{ labels: {}, value: scalarOf(expression.of) }];
    case "negation":
      return mapValues(vectorOf(expression.of, window), (value) => -value);
    case "operation":
      return operate(expression, window);
  }
}

function growthOf({ function: name, selector, rangeMs }: Growth, window: ObservationWindow) {
  return window.increases(selector, rangeMs).map(({ labels, by, spanMs }) => {
    return { labels, value: name === "rate" ? by * 1_000 / spanMs : by };
  });
}

function mapValues(vector: SeriesVector, change: (value: number) => number): SeriesVector {
  return vector.map(({ labels, value }) => ({ labels, value: change(value) }));
}

function operate(
  { operator, left, right }: Extract<Expression, { kind: "operation" }>,
  window: ObservationWindow,
): SeriesVector {
  if (isScalar(left)) {
    const bare = scalarOf(left);
    return mapValues(vectorOf(right, window), (value) => calculate(operator, bare, value));
  }
  if (isScalar(right)) {
    const bare = scalarOf(right);
    return mapValues(vectorOf(left, window), (value) => calculate(operator, value, bare));
  }
  const sides = [vectorOf(left, window), vectorOf(right, window)] as const;
  return operator === "or" ? unite(...sides) : match(operator, sides);
}

/** All of the left side, and of the right side what has other labels. */
function unite(left: SeriesVector, right: SeriesVector): SeriesVector {
  const known = new Set(left.map(({ labels }) => labelsKey(labels)));
  return [...left, ...right.filter(({ labels }) => !known.has(labelsKey(labels)))];
}

/** Values of both sides with equal labels, each pair as one; what has no partner is left out. */
function match(
  operator: Operator,
  [left, right]: readonly [SeriesVector, SeriesVector],
): SeriesVector {
  const partners = new Map(right.map(({ labels, value }) => [labelsKey(labels), value]));
  return left.flatMap(({ labels, value }) => {
    const partner = partners.get(labelsKey(labels));
    return partner === undefined ? [] : [{ labels, value: calculate(operator, value, partner) }];
  });
}

function calculate(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "or":
      return left;
  }
}
