/**
 * Durations of the file within their bounds.
 *
 * @module
 */

import { parseDuration } from "@/lib/domain/instant.ts";
import { quote } from "@/lib/domain/quote.ts";

import type { Path } from "./config_error.ts";
import type { Report } from "./resolve_rule.ts";

/** Bounds as they are told, such as `{ min: "1s", max: "24h" }`. */
export interface DurationBounds {
  /** The shortest; `"0s"` for none at all. */
  readonly min: string;
  /** The longest. */
  readonly max: string;
}

/** Where a duration stands, and where to say what is wrong with it. */
export interface DurationPlace {
  /** The place. */
  readonly path: Path;
  /** Takes what is wrong. */
  readonly report: Report;
}

/** Returns a duration in whole milliseconds; `null`, with the reason reported, if it is out of bounds. */
export function resolveDuration(
  text: string,
  { min, max }: DurationBounds,
  { path, report }: DurationPlace,
): number | null {
  const durationMs = Math.round(readDuration(text));
  if (durationMs >= readDuration(min) && durationMs <= readDuration(max)) return durationMs;
  report(path, `must be from ${min} to ${max}, got ${quote(text)}`);
  return null;
}

/** Zero is a duration here, if its bounds let it. */
function readDuration(text: string): number {
  return Number.parseFloat(text) > 0 ? parseDuration(text) : 0;
}
