/**
 * The maintenance windows that people outside of the team hear of, as times.
 *
 * @module
 */

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import {
  type MaintenanceSpan,
  maintenanceSpans,
  type MaintenanceWindow,
} from "@/lib/domain/maintenance.ts";
import { matchesGlob } from "@/lib/domain/glob.ts";
import type { ServiceOutline } from "@/lib/ports/status_source.ts";

/** A window and all its times in a range. */
export interface PlannedTimes {
  /** The window. */
  readonly window: MaintenanceWindow;
  /** Its times, in order. */
  readonly spans: readonly MaintenanceSpan[];
}

/**
 * Returns the times of windows in a range. A window that mutes single rules or severities is for the team:
 * the service is not under maintenance then.
 */
export function planTimes(
  windows: readonly MaintenanceWindow[],
  range: TimeSpan,
): readonly PlannedTimes[] {
  return windows
    .filter(({ matcher }) => matcher.rule === null && matcher.severity === null)
    .map((window) => ({ window, spans: maintenanceSpans(window, range) }));
}

/** Returns the windows that a service is under. */
export function timesOf(
  planned: readonly PlannedTimes[],
  { name, tags }: Pick<ServiceOutline, "name" | "tags">,
): readonly PlannedTimes[] {
  return planned.filter(({ window: { matcher: { service, tag } } }) =>
    (service === null || matchesGlob(service, name)) && (tag === null || tags.includes(tag))
  );
}

/** Returns the time of a window that is now, else the next one; `undefined` if there is none. */
export function nextTime({ spans }: PlannedTimes, now: Instant): MaintenanceSpan | undefined {
  return spans.find(({ endsAt }) => endsAt > now);
}
