/**
 * Checks what expressions are worth against what a metric may be, as samples from outside are checked.
 *
 * @module
 */

import { formatLimit, type Metric } from "@/lib/domain/metric.ts";

/** What may go into a sample, and what may not. */
export interface FittedValues {
  /** By metric id. */
  readonly values: ReadonlyMap<string, number>;
  /** What is wrong with the first value that was left out; `null` if none was. */
  readonly problem: string | null;
}

/** Returns the values that are within their metric's bounds. One of a metric that is gone is left out. */
export function fitValues(
  computed: ReadonlyMap<string, number>,
  metrics: ReadonlyMap<string, Metric>,
): FittedValues {
  const values = new Map<string, number>();
  const problems: string[] = [];
  for (const [id, value] of computed) {
    const metric = metrics.get(id);
    if (metric === undefined) continue;
    if (value >= metric.min && value <= metric.max) values.set(id, value);
    else problems.push(explain(metric, value));
  }
  return { values, problem: problems[0] ?? null };
}

function explain(metric: Metric, value: number): string {
  const { id, min, max } = metric;
  const bounds = `${formatLimit(metric, min)} to ${formatLimit(metric, max)}`;
  return `the expression of "${id}" must give ${bounds}, got ${formatLimit(metric, value)}`;
}
