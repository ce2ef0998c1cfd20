/**
 * How much of a time a service was there.
 *
 * @module
 */

import { formatNumber } from "@/texts/language.ts";
import * as words from "@/texts/uptime.ts";

import type { StatusSpan } from "./timeline.ts";

/** How much of a span of time a service was not DOWN. */
export interface Uptime {
  /** Length of the span, in milliseconds. */
  readonly spanMs: number;
  /** 0 to 1, of the time for which the status is known; `null` if none is. DEGRADED is up. */
  readonly ratio: number | null;
  /** For how much of the span the status is known, in milliseconds. */
  readonly knownMs: number;
}

/**
 * Returns the uptime over spans that do not overlap. Time in which nobody watched, or nothing was heard yet,
 * counts neither as up nor as down.
 *
 * @example
 * ```ts
 * import { measureUptime } from "@/lib/domain/uptime.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   measureUptime([
 *     { from: 0, to: 10, status: "GAP" },
 *     { from: 10, to: 40, status: "HEALTHY" },
 *     { from: 40, to: 50, status: "DOWN" },
 *   ]),
 *   { spanMs: 50, ratio: 0.75, knownMs: 40 },
 * );
 * ```
 */
export function measureUptime(spans: readonly StatusSpan[]): Uptime {
  const known = spans.filter(({ status }) => status !== "GAP" && status !== "UNKNOWN");
  const knownMs = totalMs(known);
  const upMs = totalMs(known.filter(({ status }) => status !== "DOWN"));
  return { spanMs: totalMs(spans), ratio: knownMs > 0 ? upMs / knownMs : null, knownMs };
}

/** Returns a ratio in per cent, rounded down: only what was never DOWN is 100 %. */
export function formatUptime(ratio: number | null): string {
  if (ratio === null) return words.noRecord;
  // What floats add in the last digits must not take a hundredth away.
  const hundredths = Math.floor(ratio * 10_000 + 1e-6);
  return words.percent(formatNumber(hundredths / 100, hundredths === 10_000 ? 0 : 2));
}

function totalMs(spans: readonly StatusSpan[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
