/**
 * Whether the numbers of two messages are the same.
 *
 * @module
 */

import type { LiveStats } from "@/lib/protocol/views.ts";

/**
 * Compares numbers that a peer was told, `null` if unknown, with others: the unknown equals nothing. A scenario
 * that stands elsewhere is another object.
 */
export function equalStats(told: LiveStats | null, stats: LiveStats): boolean {
  if (told === null) return false;
  return told === stats ||
    told.samplesPerSecond === stats.samplesPerSecond &&
      told.peers === stats.peers &&
      told.scenario === stats.scenario &&
      told.latencyMs?.p50 === stats.latencyMs?.p50 &&
      told.latencyMs?.p99 === stats.latencyMs?.p99;
}
