/**
 * Exponential histograms as histograms with explicit bounds, so that all latencies are computed alike
 * (OpenTelemetry data model, "ExponentialHistogram"; bucket i holds values in (base^i, base^(i+1)]).
 *
 * @module
 */

import type { ExponentialBuckets, ExponentialHistogramPoint } from "./otlp_export.ts";

/**
 * The finest scale that is kept: 8 buckets from one power of two to the next, each 9 % wide. A histogram's own
 * scale falls when its range grows; on one grid the buckets of two exports can be compared.
 */
const SCALE = 3;

/** Returns how many values are in each bucket, by upper bound; empty buckets are left out. */
export function explicitBuckets(
  { scale, zeroCount, zeroThreshold, positive, negative }: ExponentialHistogramPoint,
): ReadonlyMap<number, number> {
  const buckets = new Map<number, number>();
  for (const [index, count] of bucketsOf(negative, scale)) {
    addTo(buckets, -(2 ** (index.at * 2 ** -index.scale)), count);
  }
  if (zeroCount > 0) addTo(buckets, zeroThreshold, zeroCount);
  for (const [index, count] of bucketsOf(positive, scale)) {
    addTo(buckets, 2 ** ((index.at + 1) * 2 ** -index.scale), count);
  }
  return buckets;
}

interface Index {
  readonly at: number;
  readonly scale: number;
}

/** Buckets of a finer scale lie wholly inside those of a coarser one. */
function bucketsOf({ offset, counts }: ExponentialBuckets, scale: number): [Index, number][] {
  const excess = Math.max(0, scale - SCALE);
  return counts.flatMap((count, place): [Index, number][] => {
    if (count === 0) return [];
    return [[{ at: Math.floor((offset + place) / 2 ** excess), scale: scale - excess }, count]];
  });
}

function addTo(buckets: Map<number, number>, bound: number, count: number): void {
  buckets.set(bound, (buckets.get(bound) ?? 0) + count);
}
