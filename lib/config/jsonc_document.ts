/**
 * Reads JSON with comments and trailing commas into a value that knows where in the text its parts are.
 * It knows nothing of what a configuration says.
 *
 * @module
 */

import {
  createScanner,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
  stripComments,
} from "jsonc-parser";

import { ConfigError, type ConfigIssue, type Path, type Position } from "./config_error.ts";
import { textPositions } from "./text_position.ts";

/** The largest file that is read, in bytes. */
export const MAX_CONFIG_BYTES = 1_048_576;

/** How deep lists and objects may be nested. */
const MAX_DEPTH = 32;

/** What the text says. */
export interface JsoncDocument {
  /** Plain JSON values; objects have no prototype. */
  readonly value: unknown;
  /** Returns where a value stands, or the nearest thing around it if it is not there. */
  locate(path: Path): Position;
}

/** What is said of a file without any value. */
const EMPTY: ConfigIssue = {
  path: "",
  message: "the file says nothing; write at least {}",
  position: null,
};

/** What each error of the parser means to the person who wrote the text. */
const SYNTAX_ERRORS: Readonly<Record<string, string>> = {
  InvalidSymbol: "unknown word; text goes in double quotes",
  InvalidNumberFormat: "not a number",
  PropertyNameExpected: "expected a key in double quotes",
  ValueExpected: "expected a value",
  ColonExpected: "expected a colon",
  CommaExpected: "expected a comma",
  CloseBraceExpected: 'expected "}"',
  CloseBracketExpected: 'expected "]"',
  EndOfFileExpected: "expected nothing more",
  InvalidCommentToken: "not a comment; write // or /* */",
  UnexpectedEndOfComment: "the comment does not end",
  UnexpectedEndOfString: "the text in quotes does not end on its line",
  UnexpectedEndOfNumber: "the number does not end",
  InvalidUnicode: "expected four hexadecimal digits after \\u",
  InvalidEscapeCharacter: "not an escape; a backslash itself is written \\\\",
  InvalidCharacter: "a control character in quotes; write it as an escape such as \\n",
};

/**
 * Returns the text of a file.
 *
 * @throws {ConfigError} If it is larger than {@linkcode MAX_CONFIG_BYTES} or not UTF-8.
 */
export function decodeConfig(bytes: Uint8Array): string {
  if (bytes.length > MAX_CONFIG_BYTES) throw tooLarge();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConfigError([withoutPosition("the file is not UTF-8; save it as UTF-8")], { cause });
  }
}

/**
 * Returns what a text of JSON with comments and trailing commas says. A byte order mark is skipped.
 *
 * @throws {ConfigError} If the text is too large, empty, nested too deeply or not JSON (the first mistake is
 * named; those after it often only follow from it), or has a key twice.
 */
export function parseJsonc(text: string): JsoncDocument {
  if (new TextEncoder().encode(text).length > MAX_CONFIG_BYTES) throw tooLarge();
  const source = text.replace(/^\uFEFF/, "");
  const positionAt = textPositions(source);
  const issueAt = (offset: number, message: string): ConfigIssue => {
    return { path: "", message, position: positionAt(offset) };
  };
  const tooDeep = findTooDeep(source);
  if (tooDeep !== null) {
    throw new ConfigError([issueAt(tooDeep, `nested deeper than ${MAX_DEPTH} levels`)]);
  }
  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { allowTrailingComma: true });
  if (root === undefined && isBlank(source)) throw new ConfigError([EMPTY]);
  const [first] = errors;
  if (root === undefined || first !== undefined) {
    throw new ConfigError([issueAt(first?.offset ?? 0, describeSyntaxError(first))]);
  }
  const issues: ConfigIssue[] = [];
  const { value, place } = read(root, (offset, message) => issues.push(issueAt(offset, message)));
  if (issues.length > 0) throw new ConfigError(issues);
  return { value, locate: (path) => positionAt(nearest(place, path).offset) };
}

/** Returns the offset of a bracket beyond the bound, or `null`. Scans, since the parser would recurse. */
function findTooDeep(source: string): number | null {
  const scanner = createScanner(source, true);
  for (let depth = 0; scanner.getPosition() < source.length;) {
    scanner.scan();
    const token = source.charAt(scanner.getTokenOffset());
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
  return null;
}

/** Tells whether there is nothing but space and comments. */
function isBlank(source: string): boolean {
  return stripComments(source, " ").trim() === "";
}

/** Where a value and its parts begin, keys included. */
interface Place {
  readonly offset: number;
  readonly parts: ReadonlyMap<string | number, Place>;
}

interface Read {
  readonly value: unknown;
  readonly place: Place;
}

type Complain = (offset: number, message: string) => void;

function read(node: Node, complain: Complain): Read {
  if (node.type === "array") return readList(node, complain);
  if (node.type === "object") return readObject(node, complain);
  return { value: node.value, place: { offset: node.offset, parts: new Map() } };
}

function readList({ offset, children = [] }: Node, complain: Complain): Read {
  const items = children.map((child) => read(child, complain));
  const parts = new Map(items.map(({ place }, index) => [index, place]));
  return { value: items.map(({ value }) => value), place: { offset, parts } };
}

function readObject({ offset, children = [] }: Node, complain: Complain): Read {
  const object: Record<string, unknown> = Object.create(null);
  const parts = new Map<string, Place>();
  for (const { offset, children: [key, node] = [] } of children) {
    if (key === undefined || node === undefined) continue;
    const name = String(key.value);
    const { value, place } = read(node, complain);
    if (name === "__proto__") complain(offset, 'the key "__proto__" is not allowed');
    else if (parts.has(name)) complain(offset, `the key ${JSON.stringify(name)} is given twice`);
    else object[name] = value;
    parts.set(name, { offset, parts: place.parts });
  }
  return { value: object, place: { offset, parts } };
}

function nearest(root: Place, path: Path): Place {
  let place = root;
  for (const key of path) {
    const part = place.parts.get(key);
    if (part === undefined) break;
    place = part;
  }
  return place;
}

function describeSyntaxError(error: ParseError | undefined): string {
  const code = error === undefined ? "ValueExpected" : printParseErrorCode(error.error);
  return SYNTAX_ERRORS[code] ?? "not JSON";
}

function tooLarge(): ConfigError {
  return new ConfigError([withoutPosition(`the file is larger than ${MAX_CONFIG_BYTES} bytes`)]);
}

function withoutPosition(message: string): ConfigIssue {
  return { path: "", message, position: null };
}
