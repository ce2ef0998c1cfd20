/**
 * What is said aloud when alerts change, for those who do not see the screen. Each change is said once.
 *
 * @module
 */

import type { Severity } from "./rule.ts";

/** How many changes are named at once; the rest are counted. */
export const MAX_ANNOUNCED = 3;

/** What an announcement needs to know of an alert. */
export interface AnnouncedAlert {
  /** Tells it from other alerts. */
  readonly id: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Name of the service. */
  readonly service: string;
  /** Critical ones may interrupt. */
  readonly severity: Severity;
  /** Where it stands. */
  readonly state: "pending" | "firing" | "resolved";
}

/** Words to say; empty for none. */
export interface Announcement {
  /** May interrupt: critical alerts that began to fire. */
  readonly urgent: string;
  /** Waits for its turn: other alerts that began to fire, and those that resolved. */
  readonly calm: string;
}

/**
 * Returns what to say about `changed` alerts, `before` being the alerts as known until now by id. Only
 * alerts that begin to fire and firing ones that resolve are worth a word; one that is merely gone (its
 * service was removed, the monitor restarted) has not recovered.
 *
 * @example
 * ```ts
 * import { announceAlerts } from "@/lib/domain/announcement.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const alert = { id: "1", rule: "HIGH_CPU", service: "auth", severity: "warning" } as const;
 * const { calm } = announceAlerts(new Map(), [{ ...alert, state: "firing" }]);
 * assertEquals(calm, "Alert: auth, HIGH_CPU.");
 * ```
 */
export function announceAlerts(
  before: ReadonlyMap<string, AnnouncedAlert>,
  changed: Iterable<AnnouncedAlert>,
): Announcement {
  const urgent: string[] = [];
  const calm: string[] = [];
  for (const alert of changed) {
    const wasFiring = before.get(alert.id)?.state === "firing";
    const words = `${alert.service}, ${alert.rule}`;
    if (alert.state === "firing" && !wasFiring) {
      (alert.severity === "critical" ? urgent : calm).push(`Alert: ${words}.`);
    } else if (alert.state === "resolved" && wasFiring) calm.push(`Recovered: ${words}.`);
  }
  return { urgent: shorten(urgent), calm: shorten(calm) };
}

function shorten(sentences: readonly string[]): string {
  const more = sentences.length - MAX_ANNOUNCED;
  return [...sentences.slice(0, MAX_ANNOUNCED), ...(more > 0 ? [`And ${more} more.`] : [])].join(
    " ",
  );
}
