/**
 * Which answers pages of other sites may read (the Fetch standard, "CORS protocol"). Knows of reading only:
 * who may write or open the live socket is another matter, and credentials are never shared.
 *
 * @module
 */

import type { ReadOrigins } from "@/lib/ports/monitor_config.ts";

/** What is known of a request. */
export interface CorsFacts {
  /** Its method. */
  readonly method: string;
  /** Its path. */
  readonly pathname: string;
  /** The header `Origin`; `null` if there is none. */
  readonly origin: string | null;
  /** Of a preflight the method that is asked for; `null` if it is none. */
  readonly asked: string | null;
}

/** Paths whose answers are shared; one that ends with a slash stands for all below it. */
const SHARED = ["/api/", "/metrics"];

/** How long a browser may remember the answer to a preflight, in seconds. */
const MAX_AGE_S = 600;

/** Headers that a page may read, beside those that it always may. */
const EXPOSED = "Link, Retry-After, ETag";

/**
 * Returns the headers that let a page of another site read an answer; none if it may not. `vary` is to be added
 * to what the answer has of it, the others are to be set.
 *
 * @example
 * ```ts
 * import { corsHeaders } from "@/lib/protocol/cors.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const read = { method: "GET", pathname: "/api/services", asked: null };
 * const headers = corsHeaders({ ...read, origin: "https://wiki.example.com" }, "*");
 * assertEquals(headers["access-control-allow-origin"], "*");
 * assertEquals(corsHeaders({ ...read, method: "POST", origin: null }, "*"), {});
 * ```
 */
export function corsHeaders(
  facts: CorsFacts,
  allowed: ReadOrigins,
): Readonly<Record<string, string>> {
  if (allowed.length === 0 || !isSharedRead(facts)) return {};
  // What is cached for one origin must not be shown to another.
  const vary: Record<string, string> = allowed === "*" ? {} : { vary: "Origin" };
  const origin = allowed === "*" ? "*" : allowed.find((each) => each === facts.origin);
  if (origin === undefined) return vary;
  return {
    ...vary,
    "access-control-allow-origin": origin,
    "access-control-expose-headers": EXPOSED,
    "cross-origin-resource-policy": "cross-origin",
    ...facts.method === "OPTIONS" ? PREFLIGHT : {},
  };
}

const PREFLIGHT: Readonly<Record<string, string>> = {
  "access-control-allow-methods": "GET, HEAD",
  "access-control-allow-headers": "authorization, accept",
  "access-control-max-age": `${MAX_AGE_S}`,
};

function isSharedRead({ method, asked, pathname }: CorsFacts): boolean {
  const meant = method === "OPTIONS" ? asked : method;
  return (meant === "GET" || meant === "HEAD") &&
    SHARED.some((path) => {
      return pathname === path || (path.endsWith("/") && pathname.startsWith(path));
    });
}
