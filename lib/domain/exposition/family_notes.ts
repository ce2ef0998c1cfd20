/**
 * The lines of an exposition that begin with `#`: what a family of metrics is. They are checked, not kept.
 *
 * @module
 */

import { quote } from "../quote.ts";
import type { LineCursor } from "./line_cursor.ts";

const TEXT_TYPES = ["counter", "gauge", "histogram", "summary", "untyped"];

const OPEN_TYPES = [
  ...["counter", "gauge", "histogram", "summary", "unknown"],
  ...["gaugehistogram", "stateset", "info"],
];

const KEYWORDS = ["HELP", "TYPE", "UNIT"];

/** Checks the notes of one page. */
export class FamilyNotes {
  readonly #types: readonly string[];
  /** Which notes there were, such as `"TYPE up"`. */
  readonly #seen = new Set<string>();
  /** The names of all values so far. */
  readonly #samples = new Set<string>();

  /** Begins with a page of a format. */
  constructor(format: "text" | "openmetrics") {
    this.#types = format === "text" ? TEXT_TYPES : OPEN_TYPES;
  }

  /** Takes that there was a value of this name. */
  noteSample(name: string): void {
    this.#samples.add(name);
  }

  /** Reads a line, and returns whether it is the last of OpenMetrics. */
  read(cursor: LineCursor): boolean {
    cursor.take("#");
    const isApart = cursor.skipBlanks();
    const keyword = cursor.takeWord();
    if (cursor.isStrict) {
      if (isApart && keyword === "EOF" && cursor.isOver) return true;
      if (!isApart || !KEYWORDS.includes(keyword)) {
        cursor.fail('a line with # must be "# HELP", "# TYPE", "# UNIT" or "# EOF"');
      }
    } else if (keyword !== "HELP" && keyword !== "TYPE") {
      return false;
    }
    this.#readNote(cursor, keyword);
    return false;
  }

  #readNote(cursor: LineCursor, keyword: string): void {
    cursor.skipBlanks();
    // A note about nothing is a comment in the text format.
    if (cursor.isOver && !cursor.isStrict) return;
    const name = cursor.code === 34
      ? cursor.takeQuoted("the name of a metric")
      : cursor.takeName("metric");
    if (name === "" || !(cursor.skipBlanks() || cursor.isOver)) {
      cursor.fail(`# ${keyword} must be followed by the name of a metric, got ${cursor.found()}`);
    }
    const rest = cursor.text.slice(cursor.index, cursor.end);
    if (keyword === "TYPE") this.#checkType(cursor, { name, type: rest });
    if (keyword === "UNIT" && rest !== "" && !name.endsWith(`_${rest}`)) {
      cursor.fail(`${quote(name)} must end with its unit ${quote(rest)}`);
    }
    const note = `${keyword} ${name}`;
    if (this.#seen.has(note)) cursor.fail(`# ${keyword} of ${quote(name)} stands there twice`);
    this.#seen.add(note);
  }

  #checkType(
    cursor: LineCursor,
    { name, type }: { readonly name: string; readonly type: string },
  ): void {
    const isEmpty = type === "" && !cursor.isStrict;
    if (!isEmpty && !this.#types.includes(cursor.isStrict ? type : type.toLowerCase())) {
      cursor.fail(`the type must be one of ${this.#types.join(", ")}, got ${quote(type)}`);
    }
    if (this.#samples.has(name)) {
      cursor.fail(`# TYPE of ${quote(name)} must stand before its values`);
    }
  }
}
