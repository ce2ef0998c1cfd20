/**
 * How an operation is called from a shell.
 *
 * @module
 */

import type { Content, Operation } from "./operation.ts";

/** Where the examples of the docs run. */
export const EXAMPLE_ORIGIN = "http://127.0.0.1:8000";

/** Options for {@linkcode curlExample}. */
export interface CurlOptions {
  /** Where Vitals is reached. @default {EXAMPLE_ORIGIN} */
  readonly origin?: string;
  /** Whether a token is sent where one is wanted: that of the variable `VITALS_TOKEN`. @default {false} */
  readonly hasTokens?: boolean;
}

/** What a shell takes as it is. */
const PLAIN = /^[\w./:-]+$/;

/** In double quotes, in which a shell fills in the variable. */
const TOKEN = `-H "Authorization: Bearer $VITALS_TOKEN"`;

/**
 * Returns the command that calls an operation with its example. Where no token is set it works on the machine
 * that Vitals runs on.
 */
export function curlExample(
  operation: Operation,
  { origin = EXAMPLE_ORIGIN, hasTokens = false }: CurlOptions = {},
): string {
  const { method, messages, body, scope } = operation;
  const address = origin + examplePath(operation);
  const token = hasTokens && scope !== "public" ? [TOKEN] : [];
  if (messages !== undefined) {
    const socket = quoteIfNeeded(address.replace(/^http/, "ws"));
    return ["npx wscat", ...token, "-c", socket].join(" ");
  }
  const [content] = body?.content ?? [];
  const isPlain = method === "get" || method === "post" && content !== undefined;
  const parts = ["curl", ...isPlain ? [] : [`-X ${method.toUpperCase()}`], ...token];
  return [...parts, quoteIfNeeded(address), ...content === undefined ? [] : [send(content)]]
    .join(" ");
}

/** Returns path and query of the example of an operation. */
export function examplePath({ path, params = {}, queryExample }: Operation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    // A colon may stand in a path as it is.
    return encodeURIComponent(params[name]?.example ?? name).replaceAll("%3A", ":");
  });
  return queryExample === undefined ? filled : `${filled}?${queryExample}`;
}

function send({ type, example }: Content): string {
  if (type === "application/json") return `--json ${quote(JSON.stringify(example))}`;
  return `-H ${quote(`content-type: ${type}`)} --data-raw ${quote(String(example))}`;
}

function quoteIfNeeded(text: string): string {
  return PLAIN.test(text) ? text : quote(text);
}

/** Quotes for a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
