/**
 * Walks along the pieces of an expression.
 *
 * @module
 */

import { quote } from "../quote.ts";
import { ExpressionError } from "./expression_error.ts";
import type { Token } from "./tokens.ts";

/** Takes pieces one by one, and says what is missing. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #index = 0;

  /** Begins at the first of the pieces; one of kind `end` is last. */
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The piece to be taken. */
  get next(): Token {
    return this.#at(this.#index);
  }

  /** The piece after it. */
  get afterNext(): Token {
    return this.#at(this.#index + 1);
  }

  /** Takes a piece; the end can be taken again and again. */
  take(): Token {
    const token = this.next;
    this.#index++;
    return token;
  }

  /** Takes one of these signs; `null` if another piece is next. */
  takeOneOf<Sign extends string>(signs: readonly Sign[]): Sign | null {
    const { kind, text } = this.next;
    const sign = kind === "sign" ? signs.find((each) => each === text) : undefined;
    if (sign !== undefined) this.take();
    return sign ?? null;
  }

  /** Takes a sign that must be next. */
  expect(sign: string): void {
    if (this.takeOneOf([sign]) !== null) return;
    const { kind, text } = this.next;
    this.fail(`${quote(sign)} must stand here, got ${kind === "end" ? "nothing" : quote(text)}`);
  }

  /** Takes the name of a label, with quotes or without. */
  takeLabel(): string {
    const token = this.next;
    if (token.kind === "word" && !token.text.includes(":")) return this.take().text;
    if (token.kind !== "string" || token.value === "") {
      return this.fail(`the name of a label must stand here, got ${quote(token.text)}`);
    }
    this.take();
    return token.value;
  }

  /** Takes a number, perhaps with a minus. */
  takeNumber(): number {
    const isNegative = this.takeOneOf(["-"]) !== null;
    const token = this.next;
    if (token.kind !== "number") {
      return this.fail(`a number must stand here, got ${quote(token.text)}`);
    }
    this.take();
    return isNegative && token.value !== 0 ? -token.value : token.value;
  }

  /**
   * Says what is wrong with the next piece.
   *
   * @throws {ExpressionError} Always.
   */
  fail(reason: string): never {
    throw new ExpressionError(this.next.position, reason);
  }

  #at(index: number): Token {
    const end = { kind: "end", position: 1, text: "" } as const;
    return this.#tokens[index] ?? this.#tokens.at(-1) ?? end;
  }
}
