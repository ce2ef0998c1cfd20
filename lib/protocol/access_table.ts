/**
 * Who may ask for what: one table from method and path to what a caller needs. It knows no callers.
 *
 * @module
 */

import { barePath } from "./bare_path.ts";

/** What a token may be good for. */
export type Scope = "ingest" | "operate" | "read";

/** All scopes. */
export const SCOPES: readonly Scope[] = ["ingest", "operate", "read"];

/** What a request needs: a scope, or nothing. */
export type Need = Scope | "public";

/** A line of the table: a path, or with `/*` at its end all below it; what it needs to read and to write. */
interface Line {
  readonly path: string;
  readonly read: Need;
  readonly write: Need;
}

/**
 * The first line that fits holds. What is not in here may be read with `read` and written with `operate`: what is
 * added later is closed until somebody says otherwise.
 */
const TABLE: readonly Line[] = [
  { path: "/login", read: "public", write: "public" },
  { path: "/logout", read: "public", write: "public" },
  { path: "/first-steps", read: "public", write: "public" },
  { path: "/status", read: "public", write: "operate" },
  { path: "/status/*", read: "public", write: "operate" },
  { path: "/badge/*", read: "public", write: "operate" },
  { path: "/api/status", read: "public", write: "operate" },
  { path: "/api/health", read: "public", write: "operate" },
  { path: "/api/samples", read: "read", write: "ingest" },
  // Programs that cannot POST send a sign of life by GET.
  { path: "/api/heartbeats/*", read: "ingest", write: "ingest" },
  { path: "/v1/metrics", read: "read", write: "ingest" },
  { path: "/api/audit", read: "operate", write: "operate" },
  { path: "/audit", read: "operate", write: "operate" },
];

/**
 * Returns what a request needs. `OPTIONS` tells methods and nothing else, and browsers send it without
 * credentials before a request of another site, so it needs nothing.
 *
 * @example
 * ```ts
 * import { needOf } from "@/lib/protocol/access_table.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(needOf("POST", "/api/samples"), "ingest");
 * assertEquals(needOf("POST", "/api/silences"), "operate");
 * assertEquals(needOf("GET", "/api/silences"), "read");
 * assertEquals(needOf("GET", "/status"), "public");
 * ```
 */
export function needOf(method: string, pathname: string): Need {
  if (method === "OPTIONS") return "public";
  const isRead = method === "GET" || method === "HEAD";
  const path = barePath(pathname);
  const line = TABLE.find((each) => fits(each.path, path));
  if (line === undefined) return isRead ? "read" : "operate";
  return isRead ? line.read : line.write;
}

/** Tells whether scopes are enough. Whoever may operate may also read. */
export function isEnough(scopes: readonly Scope[], need: Need): boolean {
  if (need === "public" || scopes.includes(need)) return true;
  return need === "read" && scopes.includes("operate");
}

function fits(pattern: string, path: string): boolean {
  return pattern.endsWith("/*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
