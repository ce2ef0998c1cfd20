/**
 * One line with a value: `name{label="x"} 1.5`, perhaps with a timestamp and, in OpenMetrics, an exemplar.
 *
 * @module
 */

import type { Observation } from "../observation.ts";
import { quote } from "../quote.ts";
import type { LineCursor } from "./line_cursor.ts";

/** What a line says. */
export interface ReadSample {
  /** The observation; its timestamp is checked, not kept: it counts from when the page was read. */
  readonly observation: Observation;
  /** Equal for equal names and labels. */
  readonly key: string;
}

/** More labels are refused. */
const MAX_LABELS = 128;

const QUOTE = 34;
const HASH = 35;
const EQUALS = 61;
const OPENING = 123;
const CLOSING = 125;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MILLISECONDS = /^-?\d{1,18}$/;

/** What is beyond numbers, in lower case, as Go reads it. */
const BEYOND: Readonly<Record<string, number>> = {
  ...{ "nan": NaN, "inf": Infinity, "+inf": Infinity, "-inf": -Infinity },
  ...{ "infinity": Infinity, "+infinity": Infinity, "-infinity": -Infinity },
};

/** Reads the rest of a line that begins with a name or a brace. */
export function readSample(cursor: LineCursor): ReadSample {
  const plain = cursor.takeName("metric");
  if (plain === "" && cursor.code !== OPENING) {
    cursor.fail(`a line must begin with the name of a metric, got ${cursor.found()}`);
  }
  if (!cursor.isStrict) cursor.skipBlanks();
  const labelled = cursor.take("{");
  const { name, labels, key } = labelled
    ? readLabels(cursor, plain)
    : { name: plain, labels: {}, key: plain };
  const isApart = cursor.skipBlanks();
  if (cursor.isStrict && !isApart) cursor.fail(`a space must follow, got ${cursor.found()}`);
  const word = cursor.takeWord();
  const value = parseValue(word);
  if (value === null) {
    const found = word === "" ? "nothing" : quote(word);
    cursor.fail(`the value of ${quote(name)} must be a number, got ${found}`);
  }
  if (!cursor.isOver) readBehind(cursor);
  return { observation: { name, labels, value }, key };
}

interface Labelled {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly key: string;
}

/** Reads what is between the braces. A text that is compared with nothing is the name, first of all. */
function readLabels(cursor: LineCursor, plain: string): Labelled {
  let name = plain;
  const labels: Record<string, string> = {};
  const parts: string[] = [];
  let isSorted = true;
  let before = "";
  cursor.skipBlanks();
  while (!cursor.take("}")) {
    const isQuoted = isNext(cursor, QUOTE);
    const label = isQuoted ? cursor.takeQuoted("a name") : cursor.takeName("label");
    cursor.skipBlanks();
    if (isQuoted && name === "" && !isNext(cursor, EQUALS)) {
      if (label === "") cursor.fail("the name of a metric must not be empty");
      name = label;
    } else {
      checkLabel(cursor, label, labels);
      const value = readLabelValue(cursor, label);
      setLabel(labels, label, value);
      parts.push(`${label}\0${value}`);
      if (label < before) isSorted = false;
      before = label;
    }
    if (parts.length > MAX_LABELS) cursor.fail(`a metric must have at most ${MAX_LABELS} labels`);
    endLabel(cursor);
  }
  if (name === "") cursor.fail("a metric must have a name");
  if (!isSorted) parts.sort();
  return { name, labels, key: `${name}\0${parts.join("\0")}` };
}

function isNext(cursor: LineCursor, code: number): boolean {
  return cursor.code === code;
}

function checkLabel(cursor: LineCursor, label: string, labels: Record<string, string>): void {
  if (label === "") cursor.fail(`the name of a label must stand here, got ${cursor.found()}`);
  if (label === "__name__") cursor.fail('the label "__name__" is reserved');
  if (Object.hasOwn(labels, label)) cursor.fail(`the label ${quote(label)} stands there twice`);
}

function readLabelValue(cursor: LineCursor, label: string): string {
  if (!cursor.take("=")) {
    cursor.fail(`"=" must follow the label ${quote(label)}, got ${cursor.found()}`);
  }
  cursor.skipBlanks();
  return cursor.takeQuoted("the value of a label");
}

function endLabel(cursor: LineCursor): void {
  cursor.skipBlanks();
  if (cursor.take(",")) cursor.skipBlanks();
  else if (cursor.code !== CLOSING) cursor.fail(`"," or "}" must follow, got ${cursor.found()}`);
}

/** A label called `__proto__` is one like any other. */
function setLabel(labels: Record<string, string>, name: string, value: string): void {
  if (name !== "__proto__") labels[name] = value;
  else Object.defineProperty(labels, name, { value, enumerable: true });
}

/** Returns a number as Go reads it in decimal; `null` if the text is none, or too large. */
function parseValue(text: string): number | null {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : null;
  }
  const lower = text.toLowerCase();
  return Object.hasOwn(BEYOND, lower) ? BEYOND[lower] ?? null : null;
}

/** Reads what may follow a value. */
function readBehind(cursor: LineCursor): void {
  cursor.skipBlanks();
  if (cursor.isOver && !cursor.isStrict) return;
  if (!cursor.isStrict || cursor.code !== HASH) readTimestamp(cursor);
  cursor.skipBlanks();
  if (cursor.isStrict && cursor.take("#")) readExemplar(cursor);
  if (!cursor.isOver) cursor.fail(`the line must end here, got ${cursor.found()}`);
}

function readTimestamp(cursor: LineCursor): void {
  const { isStrict } = cursor;
  const word = cursor.takeWord();
  const isRight = isStrict ? DECIMAL.test(word) : MILLISECONDS.test(word);
  if (isRight) return;
  const unit = isStrict ? "seconds" : "whole milliseconds";
  cursor.fail(`the timestamp must be in ${unit}, got ${quote(word)}`);
}

/** An exemplar is checked and left out: nothing asks for it. */
function readExemplar(cursor: LineCursor): void {
  const isApart = cursor.skipBlanks();
  if (!isApart || !cursor.take("{")) {
    cursor.fail(`an exemplar must begin with " # {", got ${cursor.found()}`);
  }
  readLabels(cursor, "exemplar");
  if (!cursor.skipBlanks() || parseValue(cursor.takeWord()) === null) {
    cursor.fail("an exemplar must have a number");
  }
  if (cursor.skipBlanks()) readTimestamp(cursor);
}
