/**
 * Which addresses are of the public internet, and which lead to machines that a stranger's name must not make
 * Vitals talk to.
 *
 * @module
 */

import ipaddr from "ipaddr.js";

/** An address was refused because it is not public. */
export class PrivateAddressError extends Error {
  /** Tells it from other errors. */
  override readonly name = "PrivateAddressError";

  /** Says which address. */
  constructor(address: string) {
    super(`Cannot connect to ${address}: it is not a public address`);
  }
}

/** Public by their range, but clouds answer there with what only their own machines should know. */
const METADATA: ReadonlySet<string> = new Set(["168.63.129.16"]);

/**
 * Tells whether an address is anything but a public one: private, loopback, link-local, shared by a carrier
 * (CGNAT), unique local, reserved, or IPv4 of such a kind inside IPv6. What is no address is not public.
 * The ranges are those of IANA's special-purpose registries.
 *
 * @example
 * ```ts
 * import { isPrivateAddress } from "@/lib/sources/private_address.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["10.0.0.7", "::ffff:127.0.0.1", "1.1.1.1"].map(isPrivateAddress), [true, true, false]);
 * ```
 */
export function isPrivateAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return true;
  const address = ipaddr.process(text);
  if (METADATA.has(address.toString())) return true;
  if (address.kind() === "ipv4") return address.range() !== "unicast";
  return isPrivateIpv6(address.toByteArray(), address.range());
}

function isPrivateIpv6(bytes: readonly number[], range: string): boolean {
  // Translated by NAT64 (RFC 6052): the address behind it counts.
  if (range === "rfc6052") return isPrivateAddress(bytes.slice(12).join("."));
  // ::/96 held IPv4 once (RFC 4291, section 2.5.5.1) and is no public address any more.
  return range !== "unicast" || bytes.slice(0, 12).every((byte) => byte === 0);
}
