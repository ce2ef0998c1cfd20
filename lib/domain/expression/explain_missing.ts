/**
 * Why an expression has no value, in words.
 *
 * @module
 */

import { type Expression, partsOf, type Selector } from "./expression.ts";
import { formatExpression } from "./format_expression.ts";
import type { ObservationWindow } from "./observation_window.ts";

/** Longer selectors are cut, so that the answer stays a line or two. */
const MAX_SHOWN = 160;

/** Returns what is missing for an expression to have a value, to complete "it has no value: …". */
export function explainMissing(expression: Expression, window: ObservationWindow): string {
  const absent = selectorsOf(expression).filter((each) => window.latest(each).length === 0);
  const [first, ...others] = [...new Set(absent.map(formatExpression))];
  if (first !== undefined) {
    const more = others.length > 0 ? ` (and ${others.length} more)` : "";
    return `there is no ${
      first.length > MAX_SHOWN ? `${first.slice(0, MAX_SHOWN)}…` : first
    }${more}`;
  }
  const isNew = growthsOf(expression).some(({ selector, rangeMs }) =>
    window.increases(selector, rangeMs).length === 0
  );
  if (isNew) return "a rate needs the same series twice in a row";
  return "the series on both sides of an operator have no labels in common";
}

function selectorsOf(expression: Expression): readonly Selector[] {
  return expression.kind === "selector" ? [expression] : partsOf(expression).flatMap(selectorsOf);
}

function growthsOf(expression: Expression): readonly Extract<Expression, { kind: "growth" }>[] {
  return expression.kind === "growth" ? [expression] : partsOf(expression).flatMap(growthsOf);
}
