/**
 * Pages of exporters: the Prometheus text format 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/) and OpenMetrics 1.0
 * (https://prometheus.io/docs/specs/om/open_metrics_spec/), both with names in UTF-8 as of Prometheus 3.
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

/** What {@linkcode parseExposition} needs to know. */
export interface ParseExpositionOptions {
  /** The format. */
  readonly format: ExpositionFormat;
  /** The bounds. @default {DEFAULT_EXPOSITION_LIMITS} */
  readonly limits?: ExpositionLimits;
}

/** The usual bounds: far more than an exporter says. */
export const DEFAULT_EXPOSITION_LIMITS: ExpositionLimits = { maxSeries: 100_000, maxLine: 65_536 };

/**
 * Returns the values of a page in its order. Timestamps and exemplars are checked and left out.
 *
 * @throws {ExpositionError} A `SyntaxError` with the line, if the page is not of the format: also if it ends in
 * the middle of a line, says one series twice, or is beyond the bounds.
 *
 * @example
 * ```ts
 * import { parseExposition } from "@/lib/domain/exposition/parse_exposition.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const page = '# TYPE http_total counter\nhttp_total{code="200"} 7\n';
 * assertEquals(parseExposition(page, { format: "text" }), [
 *   { name: "http_total", labels: { code: "200" }, value: 7 },
 * ]);
 * assertThrows(() => parseExposition("<html>\n", { format: "text" }), SyntaxError, "line 1");
 * ```
 */
export function parseExposition(
  text: string,
  { format, limits = DEFAULT_EXPOSITION_LIMITS }: ParseExpositionOptions,
): readonly Observation[] {
  const page = new Page(text, { format, limits });
  while (page.next());
  return page.observations;
}

interface PageOptions {
  readonly format: ExpositionFormat;
  readonly limits: ExpositionLimits;
}

/** A page that is read line by line. */
class Page {
  readonly observations: Observation[] = [];
  readonly #cursor: LineCursor;
  readonly #limits: ExpositionLimits;
  readonly #notes: FamilyNotes;
  readonly #keys = new Set<string>();
  #isEnded = false;

  constructor(text: string, { format, limits }: PageOptions) {
    this.#limits = limits;
    this.#cursor = new LineCursor(text, format === "openmetrics");
    this.#notes = new FamilyNotes(format);
  }

  /** Reads the next line, and returns whether there was one. */
  next(): boolean {
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
    this.observations.push(observation);
    const { length } = this.observations;
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
