/**
 * Notifications and receivers for tests.
 *
 * @module
 */

import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import type { Notification } from "@/lib/domain/notification.ts";
import type { ReceiverConfig } from "@/lib/ports/monitor_config.ts";

/** Returns a notification that a service is DOWN. */
export function notification(id: string, change: Partial<Notification> = {}): Notification {
  return {
    id,
    at: 0,
    reason: "first",
    state: "firing",
    severity: "critical",
    incident: "checkout:1",
    service: "checkout",
    since: 0,
    title: `title of ${id}`,
    alerts: [],
    affected: [],
    url: null,
    ...change,
  };
}

/** Returns a receiver of everything, without waits, limits and reminders. */
export function receiverConfig(
  name: string,
  change: Partial<ReceiverConfig> = {},
): ReceiverConfig {
  return {
    name,
    target: { kind: "log" },
    matcher: MATCH_ALL,
    minSeverity: "warning",
    repeatMs: null,
    groupWaitMs: 0,
    groupIntervalMs: 0,
    sendResolved: true,
    rate: { count: 1_000, spanMs: 1_000 },
    ...change,
  };
}
