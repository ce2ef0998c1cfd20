/**
 * Ids of incidents for feeds: the same incident has the same id, whenever and wherever it is told.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

/** The namespace of incidents of Vitals, made up once. */
const NAMESPACE = "8d4f5c1e-7a0b-4f53-9f0e-2b6c1d9a7e34";

/** Returns a UUID of version 5 (RFC 9562, section 5.5) as a URN, of a service and when its incident began. */
export async function incidentId(service: string, from: Instant): Promise<string> {
  const name = new TextEncoder().encode(`${service}/${from}`);
  const namespace = Uint8Array.fromHex(NAMESPACE.replaceAll("-", ""));
  const hash = new Uint8Array(
    await crypto.subtle.digest("SHA-1", new Uint8Array([...namespace, ...name])),
  );
  hash[6] = (hash[6] ?? 0) & 0x0f | 0x50;
  hash[8] = (hash[8] ?? 0) & 0x3f | 0x80;
  const hex = hash.slice(0, 16).toHex();
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}`;
}
