/**
 * Uptime in numbers and words.
 *
 * @module
 */

import { formatDuration } from "@/lib/domain/instant.ts";
import type { UptimeView } from "@/lib/protocol/history_views.ts";
import { formatNumber } from "@/texts/language.ts";
import * as words from "@/texts/service_page.ts";
import * as units from "@/texts/units.ts";

/** Returns for how much of its span the uptime is known. */
export function explainUptime({ spanMs, ratio, knownMs }: UptimeView): string {
  const span = formatDuration(spanMs);
  if (ratio === null) return words.nothingOnRecord(span);
  return knownMs >= spanMs * 0.999
    ? words.allOnRecord(span)
    : words.partOnRecord(span, formatDuration(knownMs));
}

/** Less than this share of a span says little about it. */
const ENOUGH = 0.95;

/** Returns how much is known, in few words, where that is not enough; empty where it is. */
export function hintUptime({ spanMs, ratio, knownMs }: UptimeView): string {
  return ratio === null || knownMs >= spanMs * ENOUGH
    ? ""
    : words.knownPart(formatDuration(knownMs));
}

/** Returns what a span is called: `"24 h"` for a day, else in days. */
export function nameSpan(spanMs: number): string {
  const hours = Math.round(spanMs / 3_600_000);
  return hours <= 24
    ? `${formatNumber(hours, 0)} ${units.hour}`
    : `${formatNumber(Math.round(hours / 24), 0)} ${units.day}`;
}
