/**
 * Walks along one line of an exposition. It works on places in the whole text, so that nothing is copied but
 * what is kept.
 *
 * @module
 */

import { quote } from "../quote.ts";
import { ExpositionError } from "./exposition_error.ts";

const TAB = 9;
const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;

const ESCAPED: Readonly<Record<string, string>> = { "\\": "\\", '"': '"', n: "\n" };

/** A place in a line. */
export class LineCursor {
  /** The whole text. */
  readonly text: string;
  /** Whether only single spaces separate, as in OpenMetrics, or any blanks. */
  readonly isStrict: boolean;
  /** The line, counted from 1. */
  line = 0;
  /** The place. */
  index = 0;
  /** Where the line ends. */
  end = 0;

  /** Stands before the first line of a text. */
  constructor(text: string, isStrict: boolean) {
    this.text = text;
    this.isStrict = isStrict;
  }

  /** The code of the next character; -1 at the end of the line. */
  get code(): number {
    return this.index < this.end ? this.text.charCodeAt(this.index) : -1;
  }

  /** Whether the line is over. */
  get isOver(): boolean {
    return this.index >= this.end;
  }

  /** Skips blanks, and returns whether there were any. */
  skipBlanks(): boolean {
    const from = this.index;
    if (this.isStrict) {
      if (this.code === SPACE) this.index++;
    } else {
      while (this.code === SPACE || this.code === TAB) this.index++;
    }
    return this.index > from;
  }

  /** Takes a character if it is next. */
  take(character: string): boolean {
    if (this.isOver || this.text[this.index] !== character) return false;
    this.index++;
    return true;
  }

  /** Takes a name without quotes; empty if there is none. With a colon only where it is a metric's. */
  takeName(kind: "metric" | "label"): string {
    const from = this.index;
    let code = this.code;
    while (
      isLetter(code) || (isDigit(code) && this.index > from) || (code === 58 && kind === "metric")
    ) {
      this.index++;
      code = this.code;
    }
    return this.text.slice(from, this.index);
  }

  /** Takes all up to a blank or the end. */
  takeWord(): string {
    const from = this.index;
    while (!this.isOver && this.code !== SPACE && this.code !== TAB) this.index++;
    return this.text.slice(from, this.index);
  }

  /** Takes a text in quotes, which must be next. */
  takeQuoted(what: string): string {
    const { text } = this;
    if (!this.take('"')) this.fail(`${what} must stand in double quotes, got ${this.found()}`);
    const from = this.index;
    for (let index = from; index < this.end; index++) {
      const code = text.charCodeAt(index);
      if (code === BACKSLASH) {
        this.index = from;
        return this.#takeEscaped(what);
      }
      if (code === QUOTE) {
        this.index = index + 1;
        return text.slice(from, index);
      }
    }
    return this.fail(`${what} must end with a double quote in its line`);
  }

  /** What is next, for a message. */
  found(): string {
    return this.isOver ? "the end of the line" : quote(this.text.slice(this.index, this.end));
  }

  /**
   * Says what is wrong with this line.
   *
   * @throws {ExpositionError} Always.
   */
  fail(reason: string): never {
    throw new ExpositionError(this.line, reason);
  }

  #takeEscaped(what: string): string {
    const parts: string[] = [];
    let from = this.index;
    for (; !this.isOver; this.index++) {
      const { code } = this;
      if (code !== QUOTE && code !== BACKSLASH) continue;
      parts.push(this.text.slice(from, this.index));
      this.index++;
      if (code === QUOTE) return parts.join("");
      const letter = this.isOver ? "" : this.text[this.index] ?? "";
      const meant = ESCAPED[letter];
      if (meant === undefined) this.fail(`${what} has an unknown escape ${quote(`\\${letter}`)}`);
      parts.push(meant);
      from = this.index + 1;
    }
    return this.fail(`${what} must end with a double quote in its line`);
  }
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
