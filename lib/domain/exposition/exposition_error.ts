/**
 * What is wrong with a page of an exporter.
 *
 * @module
 */

/** A text that is no exposition. */
export class ExpositionError extends SyntaxError {
  /** Always `"ExpositionError"`. */
  override readonly name: string = "ExpositionError";
  /** The line at which it went wrong, counted from 1. */
  readonly line: number;
  /** What is wrong and what would be right, without the line. */
  readonly reason: string;

  /** Says what is wrong in a line. */
  constructor(line: number, reason: string) {
    super(`Cannot parse exposition in line ${line}: ${reason}`);
    this.line = line;
    this.reason = reason;
  }
}
