/**
 * How an operation is called from a shell.
 *
 * @module
 */

import type { Operation } from "./operation.ts";

/** Where the examples of the docs run. */
export const EXAMPLE_ORIGIN = "http://127.0.0.1:8000";

/** What a shell takes as it is. */
const PLAIN = /^[\w./:-]+$/;

/**
 * Returns the command that calls an operation with its example. Without a token it works on the machine that
 * Vitals runs on.
 *
 * @param origin Where Vitals is reached.
 */
export function curlExample(operation: Operation, origin: string = EXAMPLE_ORIGIN): string {
  const { method, messages, body } = operation;
  const address = origin + examplePath(operation);
  const [content] = body?.content ?? [];
  const parts = ["curl"];
  if (messages !== undefined) {
    return `npx wscat -c ${quoteIfNeeded(address.replace(/^http/, "ws"))}`;
  }
  if (method !== "get" && !(method === "post" && content !== undefined)) {
    parts.push(`-X ${method.toUpperCase()}`);
  }
  parts.push(quoteIfNeeded(address));
  if (content !== undefined) parts.push(`--json ${quote(JSON.stringify(content.example))}`);
  return parts.join(" ");
}

/** Returns path and query of the example of an operation. */
export function examplePath({ path, params = {}, queryExample }: Operation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    // A colon may stand in a path as it is.
    return encodeURIComponent(params[name]?.example ?? name).replaceAll("%3A", ":");
  });
  return queryExample === undefined ? filled : `${filled}?${queryExample}`;
}

function quoteIfNeeded(text: string): string {
  return PLAIN.test(text) ? text : quote(text);
}

/** Quotes for a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
