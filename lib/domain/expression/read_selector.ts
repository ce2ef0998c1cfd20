/**
 * Selectors and spans of an expression: `name{label="x"}` or `{"any name", label="x"}`, and `[5m]`.
 *
 * @module
 */

import { quote } from "../quote.ts";
import type { LabelCondition, MatchOperator, Selector } from "./expression.ts";
import { ExpressionError } from "./expression_error.ts";
import { compilePattern } from "./label_pattern.ts";
import type { TokenReader } from "./token_reader.ts";

const OPERATORS: readonly MatchOperator[] = ["=", "!=", "=~", "!~"];

/** The longest span, one day: more would have to be remembered. */
const MAX_RANGE_MS = 86_400_000;

const UNIT_MS: Readonly<Record<string, number>> = {
  ...{ ms: 1, s: 1_000, m: 60_000, h: 3_600_000 },
  ...{ d: 86_400_000, w: 604_800_000, y: 31_536_000_000 },
};

/** Takes a selector, which must be next. */
export function readSelector(reader: TokenReader): Selector {
  const { position } = reader.next;
  let name = reader.next.kind === "word" ? reader.take().text : null;
  const conditions: LabelCondition[] = [];
  if (reader.takeOneOf(["{"]) !== null) {
    while (reader.takeOneOf(["}"]) === null) {
      const named = readName(reader, name);
      if (named === null) conditions.push(readCondition(reader));
      else name = named;
      if (reader.takeOneOf([","]) === null && reader.next.text !== "}") {
        reader.fail(`"," or "}" must follow, got ${quote(reader.next.text)}`);
      }
    }
  }
  if (name !== null) return { kind: "selector", name, conditions };
  const cure = 'such as up{job="api"} or {"http.server.duration", code="200"}';
  throw new ExpressionError(position, `a selector must have a name, ${cure}`);
}

/** A text within the braces that is compared with nothing is the name. */
function readName(reader: TokenReader, known: string | null): string | null {
  const { next, afterNext } = reader;
  if (next.kind !== "string" || OPERATORS.some((operator) => operator === afterNext.text)) {
    return null;
  }
  if (known !== null) reader.fail(`the name is already ${quote(known)}, got ${quote(next.value)}`);
  if (next.value === "") reader.fail("the name must not be empty");
  reader.take();
  return next.value;
}

function readCondition(reader: TokenReader): LabelCondition {
  const { position } = reader.next;
  const label = reader.takeLabel();
  if (label === "__name__") {
    const cure = 'before the braces or as a text in them, such as {"my.name"}';
    throw new ExpressionError(position, `the name must stand ${cure}`);
  }
  const operator = reader.takeOneOf(OPERATORS);
  if (operator === null) {
    return reader.fail(`=, !=, =~ or !~ must follow, got ${quote(reader.next.text)}`);
  }
  const token = reader.next;
  if (token.kind !== "string") {
    return reader.fail(`a text in quotes must stand here, got ${quote(token.text)}`);
  }
  if (operator === "=~" || operator === "!~") checkPattern(token.value, token.position);
  reader.take();
  return { label, operator, text: token.value };
}

function checkPattern(pattern: string, position: number): void {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ExpressionError(position, error.message);
    throw error;
  }
}

/** Takes a span such as `[5m]` if it is next; returns milliseconds. */
export function readRange(reader: TokenReader): number | null {
  if (reader.takeOneOf(["["]) === null) return null;
  const token = reader.next;
  const rangeMs = token.kind === "span" ? spanMs(token.text) : NaN;
  if (!(rangeMs > 0 && rangeMs <= MAX_RANGE_MS)) {
    reader.fail(`a span from 1ms to 1d such as 5m must stand here, got ${quote(token.text)}`);
  }
  reader.take();
  reader.expect("]");
  return rangeMs;
}

function spanMs(text: string): number {
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, digits, unit = ""]) => sum + Number(digits) * (UNIT_MS[unit] ?? NaN),
    0,
  );
}
