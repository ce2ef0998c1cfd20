/**
 * The names that the metrics of services have in `/metrics`.
 *
 * @module
 */

import type { Metric } from "@/lib/domain/metric.ts";

import { type BaseUnit, findBaseUnit } from "./base_unit.ts";

/** The family of one metric of all services. */
export interface SeriesName extends BaseUnit {
  /** Id of the metric. */
  readonly id: string;
  /** Name of the family, such as `vitals_service_error_rate_ratio`. */
  readonly family: string;
}

/** Ends of names that Prometheus gives a meaning of their own. */
const RESERVED_END = /_(?:total|count|sum|bucket|info|created)$/;

/**
 * Returns the families of metrics, in their order: `vitals_service_`, the id in words, the base unit. A name
 * depends on the metrics before it alone: where two would have the same, the later one gets a number.
 *
 * @param taken Names that other families have.
 */
export function nameSeries(
  metrics: readonly Pick<Metric, "id" | "unit">[],
  taken: readonly string[],
): SeriesName[] {
  const used = new Set(taken);
  return metrics.map(({ id, unit }) => {
    const base = findBaseUnit(unit);
    const family = findFree(toFamily(id, base.name), used);
    used.add(family);
    return { id, family, ...base };
  });
}

function toFamily(id: string, unit: string | null): string {
  const words = id.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/([A-Z])([A-Z][a-z])/g, "$1_$2");
  const word = words.toLowerCase().replace(/_+/g, "_").replace(/_$/, "");
  const name = `vitals_service_${word}`;
  const whole = unit === null || name.endsWith(`_${unit}`) ? name : `${name}_${unit}`;
  return RESERVED_END.test(whole) ? `${whole}_value` : whole;
}

function findFree(name: string, used: ReadonlySet<string>): string {
  if (!used.has(name)) return name;
  let number = 2;
  while (used.has(`${name}_${number}`)) number++;
  return `${name}_${number}`;
}
