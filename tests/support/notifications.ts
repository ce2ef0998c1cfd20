/**
 * Notifications for tests.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";

/** Returns a first notification about `checkout`, of its own incident, with the given fields put over it. */
export function notification(
  id: string,
  fields: Partial<Omit<Notification, "id">> = {},
): Notification {
  return {
    id,
    at: 1_700_000_000_000,
    reason: "first",
    state: "firing",
    severity: "critical",
    incident: `incident of ${id}`,
    service: "checkout",
    since: 1_699_999_995_000,
    lastedMs: 5_000,
    title: "checkout is DOWN: no heartbeat for 5.0 s, limit 5 s",
    alerts: [],
    affected: [],
    url: null,
    ...fields,
  };
}
