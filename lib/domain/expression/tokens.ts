/**
 * Cuts the text of an expression into words, numbers, texts and signs.
 *
 * @module
 */

import { quote } from "../quote.ts";
import { ExpressionError } from "./expression_error.ts";

/** A piece of an expression. */
export type Token =
  & {
    /** Where it begins, counted from 1. */
    readonly position: number;
    /** As it stands in the text; empty at the end. */
    readonly text: string;
  }
  & (
    | { readonly kind: "word" | "sign" | "end" }
    | { readonly kind: "number"; readonly value: number }
    /** A span such as `5m`. */
    | { readonly kind: "span" }
    | { readonly kind: "string"; readonly value: string }
  );

/** Longer texts are refused. */
export const MAX_EXPRESSION = 4_000;

const SPACE = /(?:\s|#[^\n]*)+/y;
const WORD = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const SPAN = /(?:\d+(?:ms|[smhdwy]))+(?![a-zA-Z0-9_.])/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![a-zA-Z0-9_.])/y;
const SIGN = /=~|!~|!=|[=+\-*/(){}[\],]/y;
const RAW = /`([^`]*)`/y;
const QUOTED = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y;
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/gs;

const ESCAPED: Readonly<Record<string, string>> = {
  ...{ n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v" },
  ...{ "\\": "\\", '"': '"', "'": "'" },
};

/**
 * Returns the pieces of a text, with one of kind `end` last.
 *
 * @throws {ExpressionError} If something in it is no piece, or it is too long.
 */
export function readTokens(text: string): readonly Token[] {
  if (text.length > MAX_EXPRESSION) {
    const reason = `it must have at most ${MAX_EXPRESSION} characters, got ${text.length}`;
    throw new ExpressionError(MAX_EXPRESSION + 1, reason);
  }
  const tokens: Token[] = [];
  for (let index = 0;;) {
    index += matchAt(SPACE, { text, index })?.[0].length ?? 0;
    const token = readToken(text, index);
    tokens.push(token);
    if (token.kind === "end") return tokens;
    index += token.text.length;
  }
}

interface Place {
  readonly text: string;
  readonly index: number;
}

function matchAt(pattern: RegExp, { text, index }: Place): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

function readToken(text: string, index: number): Token {
  const position = index + 1;
  if (index >= text.length) return { kind: "end", position, text: "" };
  const place = { text, index };
  const [word] = matchAt(WORD, place) ?? [];
  if (word !== undefined) return { kind: "word", position, text: word };
  const [span] = matchAt(SPAN, place) ?? [];
  if (span !== undefined) return { kind: "span", position, text: span };
  const [number] = matchAt(NUMBER, place) ?? [];
  if (number !== undefined) return readNumber(number, position);
  const [sign] = matchAt(SIGN, place) ?? [];
  if (sign !== undefined) return { kind: "sign", position, text: sign };
  return readString(place);
}

function readNumber(text: string, position: number): Token {
  const value = Number(text);
  if (Number.isFinite(value)) return { kind: "number", position, text, value };
  throw new ExpressionError(position, `the number ${quote(text)} is too large`);
}

function readString(place: Place): Token {
  const { text, index } = place;
  const position = index + 1;
  const [raw, literal] = matchAt(RAW, place) ?? [];
  if (raw !== undefined) return { kind: "string", position, text: raw, value: literal ?? "" };
  const [quoted, double, single] = matchAt(QUOTED, place) ?? [];
  if (quoted !== undefined) {
    const value = unescape(double ?? single ?? "", position);
    return { kind: "string", position, text: quoted, value };
  }
  const found = String.fromCodePoint(text.codePointAt(index) ?? 0);
  if (/["'`]/.test(found)) {
    throw new ExpressionError(position, `the text that begins with ${found} must end with it`);
  }
  if (/\d|\./.test(found)) {
    throw new ExpressionError(position, "a number must be such as 100, 0.95 or 1e3");
  }
  if (/[<>!%^@&|~]/.test(found)) {
    throw new ExpressionError(position, `the operators are +, -, *, / and or, got ${quote(found)}`);
  }
  throw new ExpressionError(position, `${quote(found)} has no meaning here`);
}

/** The escapes of Go, which are those of Prometheus. */
function unescape(text: string, position: number): string {
  return text.replaceAll(ESCAPE, (_, byte?: string, unit?: string, letter = "") => {
    const code = byte ?? unit;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    const meant = ESCAPED[letter];
    if (meant !== undefined) return meant;
    const cure = "a backslash itself is written \\\\, or the text stands between backticks";
    throw new ExpressionError(position, `the text has an unknown escape \\${letter}; ${cure}`);
  });
}
