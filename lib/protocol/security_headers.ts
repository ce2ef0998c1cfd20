/**
 * What every answer tells browsers not to do.
 *
 * @module
 */

/** The headers that are the same on every answer. */
export const SECURITY_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ["x-content-type-options", "nosniff"],
  // Not "no-referrer": with it, browsers send "Origin: null" even to our own server.
  ["referrer-policy", "same-origin"],
  // The talk shows the dashboard in a frame; pages of other sites may not. The policy of pages says the same.
  ["x-frame-options", "SAMEORIGIN"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
];

/** A host that can stand in a policy: letters, digits, and the marks of ports and IPv6. */
const PLAIN_HOST = /^[\w.:[\]-]+$/;

/**
 * Returns a content security policy as Vitals needs it:
 *
 * - Without `'unsafe-inline'`: inline scripts and styles run by nonce or not at all.
 * - Without `upgrade-insecure-requests`, with which a server that speaks plain HTTP would show bare pages.
 * - With the host's own WebSockets, which Safari before 15.4 does not count to `'self'`.
 *
 * @param policy The policy in force.
 * @param host Name and port under which the page is reached.
 *
 * @example
 * ```ts
 * import { tightenPolicy } from "@/lib/protocol/security_headers.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const policy = "script-src 'self' 'unsafe-inline'; connect-src 'self'; upgrade-insecure-requests";
 * assertEquals(
 *   tightenPolicy(policy, "[::1]:8000"),
 *   "script-src 'self'; connect-src 'self' ws://[::1]:8000 wss://[::1]:8000",
 * );
 * ```
 */
export function tightenPolicy(policy: string, host: string): string {
  const sockets = PLAIN_HOST.test(host) ? ` ws://${host} wss://${host}` : "";
  return policy.split(";")
    .map((directive) => directive.trim())
    .filter((directive) => directive !== "upgrade-insecure-requests")
    .map((directive) => directive.replaceAll(" 'unsafe-inline'", ""))
    .map((directive) => directive.startsWith("connect-src ") ? directive + sockets : directive)
    .join("; ");
}
