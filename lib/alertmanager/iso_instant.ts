/**
 * Instants as Alertmanager writes them.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

/** Returns an instant in ISO 8601, to the millisecond, so that a client can send it back as it was. */
export function isoInstant(at: Instant): string {
  return new Date(at).toISOString();
}
