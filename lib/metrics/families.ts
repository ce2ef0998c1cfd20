/**
 * Short ways to make the families of `/metrics`.
 *
 * @module
 */

import { DURATION_BOUNDS_S, type DurationCounts } from "@/lib/domain/duration_histogram.ts";
import type { ExpositionSample, MetricFamily } from "@/lib/domain/exposition.ts";

import type { CounterText } from "./counter_texts.ts";

/** Name, help and unit of a family. */
export interface FamilyText extends CounterText {
  /** The base unit. @default {null} */
  readonly unit?: string | null;
}

/** Returns a family of values that go both ways. */
export function gauge(text: FamilyText, samples: readonly ExpositionSample[]): MetricFamily {
  return { kind: "gauge", unit: null, ...text, samples };
}

/** Returns a family of a single value that goes both ways. */
export function singleGauge(text: FamilyText, value: number): MetricFamily {
  return gauge(text, [{ labels: {}, value }]);
}

/** Returns a family of values that only grow. */
export function counter(text: FamilyText, samples: readonly ExpositionSample[]): MetricFamily {
  return { kind: "counter", unit: null, ...text, samples };
}

/** Returns a family for each of some counts that have no labels. */
export function counters<Key extends string>(
  texts: Readonly<Record<Key, CounterText>>,
  counts: Readonly<Record<NoInfer<Key>, number>>,
): MetricFamily[] {
  const keys = Object.keys(texts) as Key[];
  return keys.map((key) => counter(texts[key], [{ labels: {}, value: counts[key] }]));
}

/** Returns durations as a family. */
export function histogram(text: CounterText, counts: DurationCounts): MetricFamily {
  return {
    ...{ kind: "histogram", ...text, unit: "seconds" },
    buckets: DURATION_BOUNDS_S.map((bound, index) => {
      return { bound, count: counts.cumulative[index] ?? 0 };
    }),
    count: counts.count,
    sum: counts.sumS,
  };
}

/** Returns 1 for yes and 0 for no. */
export function flag(isSo: boolean): number {
  return isSo ? 1 : 0;
}

/** Returns one sample for each state that something can be in: 1 for its own, 0 for the others. */
export function stateSamples<State extends string>(
  states: readonly State[],
  own: State,
  labels: (state: State) => ExpositionSample["labels"],
): ExpositionSample[] {
  return states.map((state) => ({ labels: labels(state), value: flag(state === own) }));
}
