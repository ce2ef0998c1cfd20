/**
 * From bytes to JSON values, with words for senders whose bytes are something else.
 *
 * @module
 */

import { ProblemError } from "./problem.ts";

const BOM = "\ufeff";

/**
 * Returns UTF-8 bytes as text.
 *
 * @throws {ProblemError} 400 if they are not UTF-8, or begin with a byte order mark, which JSON must not
 * (RFC 8259, section 8.1).
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const text = decode(bytes);
  if (!text.startsWith(BOM)) return text;
  throw new ProblemError(
    400,
    "Cannot read the body: it begins with a byte order mark; leave it out",
  );
}

/**
 * Returns the value that a JSON text stands for.
 *
 * @param what What the text is, as messages name it: `"the body"`, `"line 3"`.
 * @throws {ProblemError} 400 if it is not JSON. The message says where.
 */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const reason = text.trim() === "" ? "it is empty" : cause.message;
    throw new ProblemError(400, `Cannot read ${what} as JSON: ${reason}`, { cause });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ProblemError(400, "Cannot read the body: it is not UTF-8", { cause });
  }
}
