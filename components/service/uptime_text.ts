/**
 * Uptime in numbers and words.
 *
 * @module
 */

import { formatDuration } from "@/lib/domain/instant.ts";
import type { UptimeView } from "@/lib/protocol/history_views.ts";

/** Returns for how much of its span the uptime is known. */
export function explainUptime({ spanMs, ratio, knownMs }: UptimeView): string {
  const span = formatDuration(spanMs);
  if (ratio === null) return `Nothing is on record of the last ${span}`;
  const known = knownMs >= spanMs * 0.999 ? "all of it" : `${formatDuration(knownMs)} of it`;
  return `Of the last ${span} ${known} is on record; up is all that was not DOWN`;
}

/** Less than this share of a span says little about it. */
const ENOUGH = 0.95;

/** Returns how much is known, in few words, where that is not enough; empty where it is. */
export function hintUptime({ spanMs, ratio, knownMs }: UptimeView): string {
  return ratio === null || knownMs >= spanMs * ENOUGH ? "" : `of ${formatDuration(knownMs)} known`;
}

/** Returns what a span is called: `"24 h"` for a day, else in days. */
export function nameSpan(spanMs: number): string {
  const hours = Math.round(spanMs / 3_600_000);
  return hours <= 24 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}
