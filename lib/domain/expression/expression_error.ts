/**
 * What is wrong with the text of an expression.
 *
 * @module
 */

/** A text that is no expression. */
export class ExpressionError extends SyntaxError {
  /** Always `"ExpressionError"`. */
  override readonly name: string = "ExpressionError";
  /** The character at which it went wrong, counted from 1. */
  readonly position: number;
  /** What is wrong and what would be right, without the position. */
  readonly reason: string;

  /** Says what is wrong at a character. */
  constructor(position: number, reason: string) {
    super(`Cannot parse expression at character ${position}: ${reason}`);
    this.position = position;
    this.reason = reason;
  }
}
