/**
 * Many values made one: `sum`, `avg`, `min`, `max` and `count`.
 *
 * @module
 */

import type { Aggregator, Grouping } from "./expression.ts";
import { type Labels, labelsKey, pickLabels, type SeriesVector } from "./series_vector.ts";

/** Returns one value for each group. Of no values there is no group, not even for `count`. */
export function aggregate(
  vector: SeriesVector,
  { aggregator, grouping }: { readonly aggregator: Aggregator; readonly grouping: Grouping },
): SeriesVector {
  const groups = new Map<string, { labels: Labels; values: number[] }>();
  for (const element of vector) {
    const labels = pickLabels(element.labels, grouping);
    const key = labelsKey(labels);
    const group = groups.get(key) ?? { labels, values: [] };
    group.values.push(element.value);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ labels, values }) => {
    return { labels, value: combine(aggregator, values) };
  });
}

function combine(aggregator: Aggregator, values: readonly number[]): number {
  switch (aggregator) {
    case "sum":
      return sum(values);
    case "avg":
      return sum(values) / values.length;
    case "min":
      return extreme(values, (value, best) => value < best);
    case "max":
      return extreme(values, (value, best) => value > best);
    case "count":
      return values.length;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What is not a number counts only if there is nothing else, as in Prometheus. */
function extreme(
  values: readonly number[],
  isBetter: (value: number, best: number) => boolean,
): number {
  return values.reduce(
    (best, value) => Number.isNaN(best) || isBetter(value, best) ? value : best,
    NaN,
  );
}
