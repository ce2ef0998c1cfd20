/**
 * Who may open the live socket from a web page. Browsers let any page connect to any address, and send
 * cookies along, so the server has to look at the page's origin itself (RFC 6455, section 10.2).
 *
 * @module
 */

/** What {@linkcode isAllowedOrigin} compares with. */
export interface OriginRules {
  /** The `Host` header of the request: where the client believes it is, `null` if there is none. */
  readonly host: string | null;
  /** Further origins that may connect, such as `"https://status.example.org"`. */
  readonly configured: readonly string[];
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
 * there `Origin` and `Host` both carry that name. {@linkcode isOwnHost} closes it.
 *
 * @example
 * ```ts
 * import { isAllowedOrigin } from "@/lib/live/origin.ts";
 * import { assert, assertFalse } from "@std/assert";
 *
 * const rules = { host: "localhost:8000", configured: [] };
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
  return isSameHost(page, rules.host);
}

/**
 * Tells whether a `Host` header names this machine's loopback interface or the host of a configured origin.
 * A server that listens on a loopback address is reached by no other name, except by a page whose own name
 * was made to point here (DNS rebinding).
 *
 * @example
 * ```ts
 * import { isOwnHost } from "@/lib/live/origin.ts";
 * import { assert, assertFalse } from "@std/assert";
 *
 * assert(isOwnHost("127.0.0.1:8000", []));
 * assertFalse(isOwnHost("evil.example:8000", []));
 * ```
 */
export function isOwnHost(host: string | null, configured: readonly string[]): boolean {
  const url = host === null ? null : URL.parse(`http://${host}`);
  if (url === null || url.host === "") return false;
  return isLoopbackName(url.hostname) ||
    configured.some((origin) => parseOrigin(origin)?.hostname === url.hostname);
}

/** Tells whether a name or an address, in brackets if it is IPv6, is the machine itself. */
export function isLoopbackName(name: string): boolean {
  return name === "localhost" || name === "[::1]" || /^127(\.\d+){3}$/.test(name);
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
