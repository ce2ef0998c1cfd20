/**
 * From the text of an expression to its tree: recursive descent over a small part of PromQL
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/), with the same meaning and precedence.
 *
 * @module
 */

import { quote } from "../quote.ts";
import { suggest } from "../suggest.ts";
import { type Aggregator, type Expression, type Grouping, isScalar } from "./expression.ts";
import { ExpressionError } from "./expression_error.ts";
import { RESERVED } from "./format_expression.ts";
import { readRange, readSelector } from "./read_selector.ts";
import { TokenReader } from "./token_reader.ts";
import { readTokens, type Token } from "./tokens.ts";

/** Deeper nesting is refused. */
const MAX_DEPTH = 40;

const AGGREGATORS: readonly Aggregator[] = ["sum", "avg", "min", "max", "count"];

/** How each function reads what is between its parentheses. */
const FUNCTIONS: Readonly<Record<string, (reader: TokenReader, depth: number) => Expression>> = {
  rate: (reader) => readGrowth(reader, "rate"),
  increase: (reader) => readGrowth(reader, "increase"),
  "histogram_quantile": readQuantile,
  "clamp_min": (reader, depth) => readClamp(reader, { bound: "min", depth }),
  "clamp_max": (reader, depth) => readClamp(reader, { bound: "max", depth }),
  vector: readVector,
};

const NAMES = [...AGGREGATORS, ...Object.keys(FUNCTIONS)];

/**
 * Returns what a text says.
 *
 * @throws {ExpressionError} A `SyntaxError` with the position, if it is no expression: what is wrong and what
 * would be right.
 *
 * @example
 * ```ts
 * import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(parseExpression("up").kind, "selector");
 * assertThrows(() => parseExpression("summ(up)"), SyntaxError, 'did you mean "sum"?');
 * ```
 */
export function parseExpression(text: string): Expression {
  const reader = new TokenReader(readTokens(text));
  const expression = readAlternatives(reader, 0);
  const { kind, position, text: found } = reader.next;
  if (kind === "end") return expression;
  const wanted = "an operator (+, -, *, /, or) or the end must follow";
  throw new ExpressionError(position, `${wanted}, got ${quote(found)}`);
}

function readAlternatives(reader: TokenReader, depth: number): Expression {
  if (depth > MAX_DEPTH) reader.fail(`it must be nested at most ${MAX_DEPTH} deep`);
  const first = reader.next.position;
  let left = readSum(reader, depth);
  while (reader.next.kind === "word" && reader.next.text === "or") {
    requireSeries(left, { by: "or", position: first });
    reader.take();
    const { position } = reader.next;
    const right = readSum(reader, depth);
    requireSeries(right, { by: "or", position });
    left = { kind: "operation", operator: "or", left, right };
  }
  return left;
}

function readSum(reader: TokenReader, depth: number): Expression {
  let left = readProduct(reader, depth);
  for (;;) {
    const operator = reader.takeOneOf(["+", "-"]);
    if (operator === null) return left;
    left = { kind: "operation", operator, left, right: readProduct(reader, depth) };
  }
}

function readProduct(reader: TokenReader, depth: number): Expression {
  let left = readSigned(reader, depth);
  for (;;) {
    const operator = reader.takeOneOf(["*", "/"]);
    if (operator === null) return left;
    left = { kind: "operation", operator, left, right: readSigned(reader, depth) };
  }
}

function readSigned(reader: TokenReader, depth: number): Expression {
  let negations = 0;
  while (reader.takeOneOf(["-"]) !== null) negations++;
  if (negations > MAX_DEPTH) reader.fail(`it must have at most ${MAX_DEPTH} minus signs in a row`);
  let expression = readOperand(reader, depth);
  for (; negations > 0; negations--) expression = { kind: "negation", of: expression };
  return expression;
}

function readOperand(reader: TokenReader, depth: number): Expression {
  const token = reader.next;
  if (token.kind === "number") {
    reader.take();
    return { kind: "number", value: token.value };
  }
  if (reader.takeOneOf(["("]) !== null) {
    const expression = readAlternatives(reader, depth + 1);
    reader.expect(")");
    return expression;
  }
  if (token.kind === "sign" && token.text === "{") return readSelector(reader);
  if (token.kind === "word" && !RESERVED.test(token.text)) return readNamed(reader, depth);
  const found = token.kind === "end" ? "nothing" : quote(token.text);
  return reader.fail(`a number, a name, a function or "(" must stand here, got ${found}`);
}

function readNamed(reader: TokenReader, depth: number): Expression {
  const { text, position } = reader.next;
  const aggregator = AGGREGATORS.find((name) => name === text);
  const after = reader.afterNext;
  if (aggregator !== undefined && (isSign(after, "(") || isGrouping(after))) {
    reader.take();
    return readAggregation(reader, { aggregator, depth });
  }
  if (!isSign(after, "(")) return readSelector(reader);
  const readInside = Object.hasOwn(FUNCTIONS, text) ? FUNCTIONS[text] : undefined;
  if (readInside === undefined) {
    throw new ExpressionError(
      position,
      `there is no function ${quote(text)}${suggest(text, NAMES)}`,
    );
  }
  reader.take();
  reader.expect("(");
  const expression = readInside(reader, depth + 1);
  reader.expect(")");
  return expression;
}

function isSign({ kind, text }: Token, sign: string): boolean {
  return kind === "sign" && text === sign;
}

function isGrouping({ kind, text }: Token): boolean {
  return kind === "word" && (text === "by" || text === "without");
}

interface Aggregating {
  readonly aggregator: Aggregator;
  readonly depth: number;
}

/** The grouping stands before or after what is aggregated. */
function readAggregation(reader: TokenReader, { aggregator, depth }: Aggregating): Expression {
  const before = readGrouping(reader);
  reader.expect("(");
  const { position } = reader.next;
  const of = readAlternatives(reader, depth + 1);
  requireSeries(of, { by: `${aggregator}()`, position });
  reader.expect(")");
  const grouping = before ?? readGrouping(reader) ?? { kind: "by", labels: [] };
  return { kind: "aggregation", aggregator, grouping, of };
}

function readGrouping(reader: TokenReader): Grouping | null {
  if (!isGrouping(reader.next)) return null;
  const kind = reader.take().text === "by" ? "by" : "without";
  reader.expect("(");
  const labels: string[] = [];
  while (reader.takeOneOf([")"]) === null) {
    labels.push(reader.takeLabel());
    if (reader.takeOneOf([","]) === null && !isSign(reader.next, ")")) {
      reader.fail(`"," or ")" must follow, got ${quote(reader.next.text)}`);
    }
  }
  return { kind, labels };
}

function readGrowth(reader: TokenReader, name: "rate" | "increase"): Expression {
  const { kind, text } = reader.next;
  if (NAMES.includes(text) && isSign(reader.afterNext, "(")) {
    reader.fail(`${name}() takes counters as they are: write ${text}(${name}(…)) instead`);
  }
  if (kind !== "word" && !isSign(reader.next, "{")) {
    reader.fail(`${name}() takes counters, such as ${name}(http_requests_total)`);
  }
  const selector = readSelector(reader);
  return { kind: "growth", function: name, selector, rangeMs: readRange(reader) };
}

function readQuantile(reader: TokenReader, depth: number): Expression {
  const { kind, position } = reader.next;
  const part = reader.takeNumber();
  if (kind === "end" || part < 0 || part > 1) {
    const reason = "histogram_quantile() takes a part from 0 to 1 first, such as 0.95";
    throw new ExpressionError(position, reason);
  }
  reader.expect(",");
  return { kind: "quantile", part, of: readSeries(reader, { by: "histogram_quantile()", depth }) };
}

function readClamp(
  reader: TokenReader,
  { bound, depth }: { readonly bound: "min" | "max"; readonly depth: number },
): Expression {
  const of = readSeries(reader, { by: `clamp_${bound}()`, depth });
  reader.expect(",");
  return { kind: "clamp", bound, of, limit: reader.takeNumber() };
}

function readVector(reader: TokenReader, depth: number): Expression {
  const { position } = reader.next;
  const of = readAlternatives(reader, depth);
  if (isScalar(of)) return { kind: "vector", of };
  throw new ExpressionError(position, "vector() takes a bare number, such as vector(0)");
}

function readSeries(
  reader: TokenReader,
  { by, depth }: { readonly by: string; readonly depth: number },
): Expression {
  const { position } = reader.next;
  const of = readAlternatives(reader, depth);
  requireSeries(of, { by, position });
  return of;
}

function requireSeries(
  expression: Expression,
  { by, position }: { readonly by: string; readonly position: number },
): void {
  if (!isScalar(expression)) return;
  const cure = "vector(…) makes a series of it";
  throw new ExpressionError(position, `${by} takes series, got a bare number; ${cure}`);
}
