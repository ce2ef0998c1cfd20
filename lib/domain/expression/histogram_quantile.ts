/**
 * Quantiles of histograms with classic buckets, as Prometheus estimates them: `bucketQuantile()` of its
 * `promql/quantile.go`, described at https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile.
 *
 * @module
 */

import { type Element, labelsKey, pickLabels, type SeriesVector } from "./series_vector.ts";

/** A bucket. */
export interface Bucket {
  /** Its upper bound, included; `Infinity` for the last. */
  readonly upTo: number;
  /** How many observations are at most that; with fractions if it is a rate. */
  readonly count: number;
}

/** Returns the quantile of each histogram among buckets that are told apart by the label `le`. */
export function quantilesOf(buckets: SeriesVector, part: number): SeriesVector {
  const histograms = new Map<string, { labels: Element["labels"]; buckets: Bucket[] }>();
  for (const { labels, value } of buckets) {
    const upTo = parseBound(labels["le"] ?? "");
    if (Number.isNaN(upTo)) continue;
    const others = pickLabels(labels, { kind: "without", labels: ["le"] });
    const key = labelsKey(others);
    const histogram = histograms.get(key) ?? { labels: others, buckets: [] };
    histogram.buckets.push({ upTo, count: value });
    histograms.set(key, histogram);
  }
  return [...histograms.values()].map(({ labels, buckets }) => {
    return { labels, value: bucketQuantile(buckets, part) };
  });
}

/**
 * Returns the value that the given part of the observations does not exceed, taken as spread evenly in their
 * bucket, the first of which begins at zero. Not a number if there are no observations, no last bucket or no
 * other; what lies in the last bucket counts as the bound before it.
 *
 * @param part From 0 to 1.
 *
 * @example Half of ten observations are at most 1
 * ```ts
 * import { bucketQuantile } from "@/lib/domain/expression/histogram_quantile.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const buckets = [{ upTo: 1, count: 5 }, { upTo: 2, count: 10 }, { upTo: Infinity, count: 10 }];
 * assertEquals(bucketQuantile(buckets, 0.5), 1);
 * assertEquals(bucketQuantile(buckets, 0.9), 1.8);
 * ```
 */
export function bucketQuantile(buckets: readonly Bucket[], part: number): number {
  const ordered = orderBuckets(buckets);
  const last = ordered.at(-1);
  if (ordered.length < 2 || last?.upTo !== Infinity || !(last.count > 0)) return NaN;
  const rank = part * last.count;
  const index = ordered.findIndex(({ count }) => count >= rank);
  const bucket = ordered[index];
  const before = ordered[index - 1];
  if (bucket === undefined || bucket === last) return ordered.at(-2)?.upTo ?? NaN;
  if (before === undefined && bucket.upTo <= 0) return bucket.upTo;
  const from = before ?? { upTo: 0, count: 0 };
  const count = bucket.count - from.count;
  // A part of 0 and an empty first bucket: the quantile is where the bucket begins.
  const share = count > 0 ? (rank - from.count) / count : 0;
  return from.upTo + (bucket.upTo - from.upTo) * share;
}

/** Sorted, equal bounds as one, and never falling: small falls come of rates that were not taken at once. */
function orderBuckets(buckets: readonly Bucket[]): readonly Bucket[] {
  const sums = new Map<number, number>();
  for (const { upTo, count } of buckets) sums.set(upTo, (sums.get(upTo) ?? 0) + count);
  let highest = -Infinity;
  return [...sums].sort(([one], [other]) => one < other ? -1 : 1).map(([upTo, count]) => {
    highest = Math.max(highest, count);
    return { upTo, count: highest };
  });
}

function parseBound(text: string): number {
  if (/^\+?inf$/i.test(text)) return Infinity;
  return text.trim() === "" ? NaN : Number(text);
}
