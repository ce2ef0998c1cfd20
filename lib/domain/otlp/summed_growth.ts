/**
 * Series of which expressions only look at sums of their growth, put together before anything is computed. A web
 * server has hundreds of histograms, one for each route and status, and a percentile needs one.
 *
 * @module
 */

import type { Expression, Selector } from "../expression/expression.ts";
import { partsOf } from "../expression/expression.ts";
import type { Observation } from "../observation.ts";
import type { Measure, Parts } from "./measure.ts";
import { bucketObservations, type MetricMemory, type ObserveOptions } from "./metric_memory.ts";
import type { Attributes } from "./otlp_export.ts";

/** Labels that are looked at, by name of what is only ever looked at as a sum of growth. */
export type SummedLabels = ReadonlyMap<string, readonly string[]>;

/** Returns what of these expressions can be summed beforehand without changing what they are worth. */
export function findSummedLabels(expressions: readonly Expression[]): SummedLabels {
  const summed = new Map<string, ReadonlySet<string>>();
  const others = new Set<string>();
  for (const expression of expressions) collect(expression, { summed, others });
  return new Map(
    [...summed].filter(([name]) => !others.has(name)).map(([name, labels]) => [name, [...labels]]),
  );
}

interface Found {
  readonly summed: Map<string, ReadonlySet<string>>;
  /** Names that are looked at in other ways as well. */
  readonly others: Set<string>;
}

function collect(expression: Expression, found: Found): void {
  if (expression.kind === "selector") return void found.others.add(expression.name);
  if (expression.kind === "aggregation" && expression.aggregator === "sum") {
    const { grouping, of } = expression;
    if (grouping.kind === "by" && of.kind === "growth") {
      return noteSum(of.selector, grouping.labels, found);
    }
  }
  for (const part of partsOf(expression)) collect(part, found);
}

function noteSum(
  { name, conditions }: Selector,
  grouped: readonly string[],
  { summed, others }: Found,
): void {
  const labels = [...grouped, ...conditions.map(({ label }) => label)];
  // Buckets count all below them too: only those of one bound can be added.
  if (name.endsWith("_bucket") && !labels.includes("le")) return void others.add(name);
  summed.set(name, new Set([...summed.get(name) ?? [], ...labels]));
}

interface Group {
  readonly name: string;
  readonly labels: Attributes;
  readonly isBuckets: boolean;
  readonly parts: Map<string | number, number>;
}

/** Adds up how much series grew, those together that differ in nothing that is looked at. */
export class SummedGrowth {
  readonly #summed: SummedLabels;
  readonly #groups = new Map<string, Group>();

  /** Begins with nothing. */
  constructor(summed: SummedLabels) {
    this.#summed = summed;
  }

  /** Adds the series of a metric, as far as it is known how they grew. */
  add({ current }: MetricMemory, { name, labels, spanMs }: ObserveOptions): void {
    for (const { measure, increase, elapsedMs } of current.values()) {
      if (increase === null) continue;
      const share = spanMs / elapsedMs;
      for (const [suffix, parts] of namedParts(measure, increase)) {
        const wanted = this.#summed.get(name + suffix);
        if (wanted === undefined) continue;
        const all = { ...labels, ...measure.labels };
        const isBuckets = measure.isHistogram && suffix === "_bucket";
        const group = { name: name + suffix, labels: pick(all, wanted), isBuckets };
        addParts(this.#group(group), parts, share);
      }
    }
  }

  /** Returns the sums, as counters that were at zero before. */
  observations(): readonly Observation[] {
    return [...this.#groups.values()].flatMap(({ name, labels, isBuckets, parts }) => {
      if (!isBuckets) return [{ name, labels, value: parts.get("value") ?? 0 }];
      return bucketObservations({ name, labels, count: parts.get("count") ?? 0 }, parts);
    });
  }

  #group(facts: Omit<Group, "parts">): Group {
    const key = JSON.stringify([facts.name, facts.labels]);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = { ...facts, parts: new Map() };
    this.#groups.set(key, group);
    return group;
  }
}

type NamedParts = readonly [suffix: string, parts: Parts];

/** Returns what a measure is observed as: itself, or the three that a histogram is. */
function namedParts({ isHistogram, suffix }: Measure, parts: Parts): readonly NamedParts[] {
  if (!isHistogram) return [[suffix, parts]];
  const only = (part: string): Parts => new Map([["value", parts.get(part) ?? 0]]);
  return [
    ["_bucket", parts],
    ["_count", only("count")],
    ...(parts.has("sum") ? [["_sum", only("sum")] as const] : []),
  ];
}

function addParts({ parts }: Group, added: Parts, share: number): void {
  for (const [part, value] of added) parts.set(part, (parts.get(part) ?? 0) + value * share);
}

/** The bound of a bucket is no label yet. */
function pick(labels: Attributes, wanted: readonly string[]): Attributes {
  const picked: Record<string, string> = {};
  for (const name of wanted) {
    const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
    if (value !== undefined && value !== "") picked[name] = value;
  }
  return picked;
}
