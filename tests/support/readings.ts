/**
 * Readings of services that only have views.
 *
 * @module
 */

import type { ServiceReading, ServiceView } from "@/lib/protocol/views.ts";

/** Returns what of a view is a reading. */
export function readingOf(view: ServiceView): ServiceReading {
  const { name, tags, dependsOn, source, status, since, lastHeartbeat, flapping, metrics } = view;
  const values = Object.fromEntries(Object.entries(metrics).map(([id, { value }]) => [id, value]));
  return { name, tags, dependsOn, source, status, since, lastHeartbeat, flapping, values };
}
