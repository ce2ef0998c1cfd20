/**
 * Finds the origin under which a reader has reached Vitals, for addresses that are shown to be copied.
 *
 * @module
 */

/**
 * Returns the origin of a request as its sender sees it: behind a proxy that ends TLS, the configured one of
 * that host.
 *
 * @example
 * ```ts
 * import { visitedOrigin } from "@/lib/protocol/openapi/visited_origin.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const url = new URL("http://vitals.example.com/api");
 * assertEquals(visitedOrigin(url, []), "http://vitals.example.com");
 * const configured = ["https://vitals.example.com"];
 * assertEquals(visitedOrigin(url, configured), "https://vitals.example.com");
 * ```
 */
export function visitedOrigin(url: URL, configured: readonly string[]): string {
  return configured.find((origin) => URL.parse(origin)?.host === url.host) ?? url.origin;
}
