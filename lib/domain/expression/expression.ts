/**
 * Expressions over observations: a small part of PromQL, as a tree. `parse_expression.ts` makes it of text,
 * `format_expression.ts` makes text of it, `evaluate.ts` says what it is worth. docs/expressions.md is the
 * language in words.
 *
 * @module
 */

/** How a label is compared with a text: equal, different, matched by a regular expression, or not matched. */
export type MatchOperator = "=" | "!=" | "=~" | "!~";

/** A condition on one label. A label that is not there counts as empty. */
export interface LabelCondition {
  /** Name of the label. */
  readonly label: string;
  /** How it is compared. */
  readonly operator: MatchOperator;
  /** The text or the regular expression. */
  readonly text: string;
}

/** The series of one name that meet all conditions. */
export interface Selector {
  /** Tells expressions apart. */
  readonly kind: "selector";
  /** Name of what was observed. */
  readonly name: string;
  /** What the labels must be. */
  readonly conditions: readonly LabelCondition[];
}

/** How much counters grew. */
export interface Growth {
  /** Tells expressions apart. */
  readonly kind: "growth";
  /** `rate` is a second, `increase` is over the whole span. */
  readonly function: "rate" | "increase";
  /** The counters. */
  readonly selector: Selector;
  /** Over how long, in milliseconds; `null` from one observation to the next. */
  readonly rangeMs: number | null;
}

/** What many values are made one by. */
export type Aggregator = "sum" | "avg" | "min" | "max" | "count";

/** Which values are taken together: those with equal labels among these, or among all but these. */
export interface Grouping {
  /** `by` keeps these labels, `without` drops them. */
  readonly kind: "by" | "without";
  /** The labels. `by` none is one group of all. */
  readonly labels: readonly string[];
}

/** An operator between two expressions. */
export type Operator = "+" | "-" | "*" | "/" | "or";

/** What is computed. */
export type Expression =
  | { readonly kind: "number"; /** Finite, not negative. */ readonly value: number }
  | Selector
  | Growth
  | {
    readonly kind: "aggregation";
    readonly aggregator: Aggregator;
    readonly grouping: Grouping;
    readonly of: Expression;
  }
  | {
    readonly kind: "quantile";
    /** From 0 to 1: 0.95 is the 95th percentile. */
    readonly part: number;
    /** Buckets with the label `le`. */
    readonly of: Expression;
  }
  | {
    readonly kind: "clamp";
    readonly bound: "min" | "max";
    readonly of: Expression;
    /** The bound. */
    readonly limit: number;
  }
  | { readonly kind: "vector"; /** One value without labels. */ readonly of: Expression }
  | { readonly kind: "negation"; readonly of: Expression }
  | {
    readonly kind: "operation";
    readonly operator: Operator;
    readonly left: Expression;
    readonly right: Expression;
  };

/** Whether an expression is one bare number, rather than any number of values with labels. */
export function isScalar(expression: Expression): boolean {
  switch (expression.kind) {
    case "number":
      return true;
    case "negation":
      return isScalar(expression.of);
    case "operation":
      return isScalar(expression.left) && isScalar(expression.right);
    case "selector":
    case "growth":
    case "aggregation":
    case "quantile":
    case "clamp":
    case "vector":
      return false;
  }
}

/** Returns the expressions that an expression is made of directly. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "selector":
      return [];
    case "growth":
      return [expression.selector];
    case "aggregation":
    case "quantile":
    case "clamp":
    case "vector":
    case "negation":
      return [expression.of];
    case "operation":
      return [expression.left, expression.right];
  }
}
