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

const POLICY = "content-security-policy";
const RESOURCE_POLICY = "cross-origin-resource-policy";

/** The policy of images, which a browser may open as documents: nothing is loaded, nothing runs. */
const IMAGE_POLICY = "default-src 'none'; frame-ancestors 'self'; sandbox";

/**
 * Puts the headers on an answer. Of what they say, a route may say one thing otherwise: that pages of other sites
 * may show what it answers (`cross-origin-resource-policy: cross-origin`).
 *
 * @param headers Those of the answer, with the policy that is in force so far.
 * @param host Name and port under which the answer is asked for.
 */
export function secureAnswer(headers: Headers, host: string): void {
  const isForAll = headers.get(RESOURCE_POLICY) === "cross-origin";
  for (const [name, value] of SECURITY_HEADERS) {
    if (name !== RESOURCE_POLICY || !isForAll) headers.set(name, value);
  }
  const policy = headers.get(POLICY);
  if (headers.get("content-type")?.startsWith("image/svg+xml")) headers.set(POLICY, IMAGE_POLICY);
  else if (policy !== null) headers.set(POLICY, tightenPolicy(policy, host));
}

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
