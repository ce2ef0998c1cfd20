/**
 * Expressions as text.
 *
 * @module
 */

import type { Expression, Grouping, Growth, LabelCondition, Selector } from "./expression.ts";

/** A name that needs no quotes before the braces. */
export const PLAIN_NAME: RegExp = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** A label that needs no quotes. */
export const PLAIN_LABEL: RegExp = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Words that are read otherwise where a name could stand. */
export const RESERVED: RegExp = /^(?:or|inf|nan)$/i;

/** How strongly an operator binds; more binds first. A negation binds like 3. */
const STRENGTH = { "or": 0, "+": 1, "-": 1, "*": 2, "/": 2 } as const;

const RANGE_UNITS = [["h", 3_600_000], ["m", 60_000], ["s", 1_000]] as const;

/**
 * Returns an expression as text that `parseExpression()` reads as the same expression again.
 *
 * @example
 * ```ts
 * import { formatExpression } from "@/lib/domain/expression/format_expression.ts";
 * import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const expression = parseExpression("(1-avg( rate(busy{mode='idle'}) ))*100");
 * assertEquals(formatExpression(expression), '(1 - avg(rate(busy{mode="idle"}))) * 100');
 * ```
 */
export function formatExpression(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return String(expression.value);
    case "selector":
      return formatSelector(expression);
    case "growth":
      return formatGrowth(expression);
    case "aggregation": {
      const grouping = formatGrouping(expression.grouping);
      return `${expression.aggregator}${grouping}(${formatExpression(expression.of)})`;
    }
    case "quantile":
      return `histogram_quantile(${expression.part}, ${formatExpression(expression.of)})`;
    case "clamp":
      return `clamp_${expression.bound}(${formatExpression(expression.of)}, ${expression.limit})`;
    case "vector":
      return `vector(${formatExpression(expression.of)})`;
    case "negation":
      return `-${enclose(expression.of, 3)}`;
    case "operation": {
      const { operator, left, right } = expression;
      const strength = STRENGTH[operator];
      // Equal strength binds from the left, so that the right side needs its parentheses.
      return `${enclose(left, strength)} ${operator} ${enclose(right, strength + 1)}`;
    }
  }
}

/** Returns a text of an expression that binds at least as strongly as asked. */
function enclose(expression: Expression, strength: number): string {
  const text = formatExpression(expression);
  return expression.kind === "operation" && STRENGTH[expression.operator] < strength
    ? `(${text})`
    : text;
}

function formatSelector({ name, conditions }: Selector): string {
  const isPlain = PLAIN_NAME.test(name) && !RESERVED.test(name);
  const inside = [...isPlain ? [] : [JSON.stringify(name)], ...conditions.map(formatCondition)];
  return `${isPlain ? name : ""}${inside.length > 0 ? `{${inside.join(", ")}}` : ""}`;
}

function formatCondition({ label, operator, text }: LabelCondition): string {
  return `${formatLabel(label)}${operator}${JSON.stringify(text)}`;
}

function formatLabel(label: string): string {
  return PLAIN_LABEL.test(label) ? label : JSON.stringify(label);
}

function formatGrowth({ function: name, selector, rangeMs }: Growth): string {
  const range = rangeMs === null ? "" : `[${formatRange(rangeMs)}]`;
  return `${name}(${formatSelector(selector)}${range})`;
}

function formatRange(rangeMs: number): string {
  const [unit, unitMs] = RANGE_UNITS.find(([, ms]) => rangeMs % ms === 0) ?? ["ms", 1];
  return `${rangeMs / unitMs}${unit}`;
}

function formatGrouping({ kind, labels }: Grouping): string {
  if (kind === "by" && labels.length === 0) return "";
  return ` ${kind} (${labels.map(formatLabel).join(", ")}) `;
}
