/**
 * Who may open the live socket from a web page. Browsers let any page connect to any address, and send
 * cookies along, so the server has to look at the page's origin itself (RFC 6455, section 10.2).
 *
 * @module
 */

/** The names of this machine to itself: `hostNames` of a server that listens on a loopback address. */
export const LOOPBACK_NAMES: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** What {@linkcode isAllowedOrigin} compares with. */
export interface OriginRules {
  /** The `Host` header of the request: where the client believes it is, `null` if there is none. */
  readonly host: string | null;
  /** Further origins that may connect, such as `"https://status.example.org"`. */
  readonly configured: readonly string[];
  /**
   * Host names under which Vitals is reached, such as {@linkcode LOOPBACK_NAMES}; port and case do not
   * matter. When given, a same-origin page of any other name is refused.
   *
   * @default {undefined} any name
   */
  readonly hostNames?: readonly string[];
}

/**
 * Tells whether a request with this `Origin` header may open the live socket.
 *
 * - Without the header it may: that is no page but a script or a tool, which could send any header.
 * - An origin that is configured may, compared by scheme, host and port.
 * - A page whose host and port are those of the `Host` header may. The scheme is not compared: behind a
 *   proxy that ends TLS the page is `https:` and the request is not.
 *
 * The last is not enough against DNS rebinding, where a foreign name suddenly resolves to this machine:
 * there `Origin` and `Host` both carry that name. `hostNames` closes it, and should be given whenever the
 * server listens on a loopback address.
 *
 * @example
 * ```ts
 * import { isAllowedOrigin } from "@/lib/live/origin.ts";
 * import { assert, assertFalse } from "@std/assert";
 *
 * const rules = { host: "localhost:8000", configured: [], hostNames: ["localhost"] };
 * assert(isAllowedOrigin("http://localhost:8000", rules));
 * assertFalse(isAllowedOrigin("https://evil.example", rules));
 * ```
 */
export function isAllowedOrigin(origin: string | null, rules: OriginRules): boolean {
  if (origin === null) return true;
  const page = parseOrigin(origin);
  // "null" is what a sandboxed frame and a file on disk send: nobody's page.
  if (page === undefined) return false;
  if (rules.configured.some((other) => parseOrigin(other)?.origin === page.origin)) return true;
  if (!isSameHost(page, rules.host)) return false;
  return rules.hostNames?.some((name) => name.toLowerCase() === page.hostname) ?? true;
}

function parseOrigin(text: string): URL | undefined {
  const url = URL.parse(text);
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:";
  return url !== null && isWeb ? url : undefined;
}

/** Compares after the scheme's default port is taken out of both: `example.org:443` is `example.org`. */
function isSameHost(page: URL, host: string | null): boolean {
  return host !== null && URL.parse(`${page.protocol}//${host}`)?.host === page.host;
}
