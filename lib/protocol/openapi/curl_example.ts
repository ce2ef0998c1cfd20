/**
 * How an operation is called from a shell.
 *
 * @module
 */

import type { Operation } from "./operation.ts";

/** Where the examples of the docs run. */
export const EXAMPLE_ORIGIN = "http://127.0.0.1:8000";

/**
 * Returns the command that calls an operation with its example. Without a token it works on the machine that
 * Vitals runs on.
 */
export function curlExample(operation: Operation): string {
  const { method, messages, body } = operation;
  const address = EXAMPLE_ORIGIN + examplePath(operation);
  const [content] = body?.content ?? [];
  const parts = ["curl"];
  if (messages !== undefined) return `npx wscat -c ${address.replace(/^http/, "ws")}`;
  if (method !== "get" && !(method === "post" && content !== undefined)) {
    parts.push(`-X ${method.toUpperCase()}`);
  }
  parts.push(/[?&]/.test(address) ? quote(address) : address);
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

/** Quotes for a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
