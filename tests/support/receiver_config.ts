/**
 * Configurations of receivers for tests.
 *
 * @module
 */

import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import type { ReceiverConfig } from "@/lib/ports/monitor_config.ts";

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
