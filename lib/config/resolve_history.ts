/**
 * From what a file says about the history to what it means.
 *
 * @module
 */

import { quote } from "@/lib/domain/quote.ts";
import { DEFAULT_RETENTION, type Retention } from "@/lib/domain/retention.ts";
import type { HistoryConfig } from "@/lib/ports/monitor_config.ts";

import type { HistoryEntry, RetentionEntry } from "./entry_types.ts";
import { resolveDuration } from "./resolve_durations.ts";
import type { Report } from "./resolve_rule.ts";
import { DEFAULT_RETENTION_TEXTS } from "./schema_history.ts";

/** Windows and sparklines are made of samples as they came: a restart restores them from what is kept. */
const BOUNDS = { min: "1h", max: "10y" } as const;

type Tier = keyof RetentionEntry;

/** What was found of a tier. */
interface Found {
  readonly tier: Tier;
  /** As it is told. */
  readonly text: string;
  /** `null` if it is out of bounds. */
  readonly keptMs: number | null;
}

/** Returns where the history is kept and for how long; what is wrong with it is reported. */
export function resolveHistory(entry: HistoryEntry, report: Report): HistoryConfig {
  return { path: entry.path ?? null, retention: resolveRetention(entry.retention, report) };
}

/** What is wrong is reported, and then what is returned is not to be used. */
function resolveRetention(entry: RetentionEntry, report: Report): Retention {
  const raw = readTier("raw", entry, report);
  const tenSeconds = readTier("10s", entry, report);
  const minute = readTier("1m", entry, report);
  const hour = readTier("1h", entry, report);
  checkOrder([raw, tenSeconds, minute, hour], report);
  return {
    rawMs: raw.keptMs ?? DEFAULT_RETENTION.rawMs,
    tenSecondsMs: tenSeconds.keptMs ?? DEFAULT_RETENTION.tenSecondsMs,
    minuteMs: minute.keptMs ?? DEFAULT_RETENTION.minuteMs,
    hourMs: hour.keptMs ?? DEFAULT_RETENTION.hourMs,
  };
}

function readTier(tier: Tier, entry: RetentionEntry, report: Report): Found {
  const text = entry[tier] ?? DEFAULT_RETENTION_TEXTS[tier];
  const keptMs = resolveDuration(text, BOUNDS, { path: pathOf(tier), report });
  const byDefault = entry[tier] === undefined ? " by default" : "";
  return { tier, text: `${quote(text)}${byDefault}`, keptMs };
}

/** What a coarser tier is made of must still be there, and old times must not look empty before older ones. */
function checkOrder(tiers: readonly Found[], report: Report): void {
  for (const [index, coarser] of tiers.entries()) {
    const finer = tiers[index - 1];
    if (finer === undefined || finer.keptMs === null || coarser.keptMs === null) continue;
    if (coarser.keptMs >= finer.keptMs) continue;
    report(
      pathOf(coarser.tier),
      `must not be shorter than "${finer.tier}", ${finer.text}, got ${coarser.text}`,
    );
  }
}

function pathOf(tier: Tier): readonly string[] {
  return ["history", "retention", tier];
}
