/**
 * Reads a page of an exporter a part at a time, so that a long one does not hold up everything else.
 *
 * @module
 */

import type { Observation } from "../observation.ts";
import { quote } from "../quote.ts";
import { ExpositionError } from "./exposition_error.ts";
import { FamilyNotes } from "./family_notes.ts";
import { LineCursor } from "./line_cursor.ts";
import { readSample } from "./read_sample.ts";

/** The two formats. */
export type ExpositionFormat = "text" | "openmetrics";

/** What a page may hold at most. */
export interface ExpositionLimits {
  /** How many values. */
  readonly maxSeries: number;
  /** How many characters a line may have. */
  readonly maxLine: number;
}

/** What there is to know of a page. */
export interface ReadExpositionOptions {
  /** The format. */
  readonly format: ExpositionFormat;
  /** The bounds. @default {DEFAULT_EXPOSITION_LIMITS} */
  readonly limits?: ExpositionLimits;
}

/** The usual bounds: far more than an exporter says. */
export const DEFAULT_EXPOSITION_LIMITS: ExpositionLimits = { maxSeries: 100_000, maxLine: 65_536 };

/** Reads one page. `parseExposition()` is the same at one go. */
export class ExpositionReader {
  readonly #observations: Observation[] = [];
  readonly #cursor: LineCursor;
  readonly #limits: ExpositionLimits;
  readonly #notes: FamilyNotes;
  readonly #keys = new Set<string>();
  #isEnded = false;

  /** Stands before the first line. */
  constructor(
    text: string,
    { format, limits = DEFAULT_EXPOSITION_LIMITS }: ReadExpositionOptions,
  ) {
    this.#limits = limits;
    this.#cursor = new LineCursor(text, format === "openmetrics");
    this.#notes = new FamilyNotes(format);
  }

  /** The values so far, in the order of the page; not to be used before all of it has been read. */
  get observations(): readonly Observation[] {
    return this.#observations;
  }

  /**
   * Reads the next lines, and returns whether there may be more.
   *
   * @throws {ExpositionError} A `SyntaxError` with the line, if the page is not of the format.
   */
  read(maxLines: number): boolean {
    for (let lines = 0; lines < maxLines; lines++) {
      if (!this.#next()) return false;
    }
    return true;
  }

  #next(): boolean {
    const cursor = this.#cursor;
    const start = cursor.end === 0 && cursor.line === 0 ? 0 : cursor.end + 1;
    cursor.line++;
    if (start >= cursor.text.length) return this.#finish();
    const end = cursor.text.indexOf("\n", start);
    cursor.index = start;
    cursor.end = end < 0 ? cursor.text.length : end;
    this.#checkLine(start, end);
    this.#read();
    return true;
  }

  #finish(): false {
    if (this.#cursor.isStrict && !this.#isEnded) {
      this.#cursor.fail('the page must end with "# EOF": it was broken off');
    }
    return false;
  }

  #checkLine(start: number, end: number): void {
    const cursor = this.#cursor;
    if (this.#isEnded) cursor.fail('nothing may follow "# EOF"');
    if (cursor.end - start > this.#limits.maxLine) {
      const reason = `a line must have at most ${this.#limits.maxLine} characters`;
      cursor.fail(`${reason}, got ${cursor.end - start}`);
    }
    if (end < 0 && !(cursor.isStrict && cursor.text.endsWith("# EOF"))) {
      cursor.fail("the last line must end with a line feed: the page was broken off");
    }
    if (cursor.text[cursor.end - 1] === "\r" && cursor.end > start) {
      cursor.fail("lines must end with a line feed alone, got a carriage return before it");
    }
  }

  #read(): void {
    const cursor = this.#cursor;
    if (!cursor.isStrict) cursor.skipBlanks();
    if (cursor.isOver) {
      if (cursor.isStrict) cursor.fail("a line must not be empty");
      return;
    }
    if (cursor.code === 35) this.#isEnded = this.#notes.read(cursor);
    else this.#readSample();
  }

  #readSample(): void {
    const cursor = this.#cursor;
    const { observation, key } = readSample(cursor);
    this.#keys.add(key);
    this.#observations.push(observation);
    const { length } = this.#observations;
    if (length > this.#limits.maxSeries) {
      cursor.fail(`a page must have at most ${this.#limits.maxSeries} values`);
    }
    if (this.#keys.size < length) {
      throw new ExpositionError(
        cursor.line,
        `it says a series of ${quote(observation.name)} twice`,
      );
    }
    this.#notes.noteSample(observation.name);
  }
}
