/**
 * Which expressions become which metrics of a scraped service.
 *
 * @module
 */

import type { Expression } from "@/lib/domain/expression/expression.ts";
import { ExpressionError } from "@/lib/domain/expression/expression_error.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
import { quote } from "@/lib/domain/quote.ts";
import { suggest } from "@/lib/domain/suggest.ts";
import type { ScrapedMetric } from "@/lib/ports/source_config.ts";

import type { Placed } from "../entries.ts";
import type { SourceScope } from "./resolve_source.ts";
import { PRESET_EXPRESSIONS, type PresetName } from "./scrape_presets.ts";

/** What an entry says of its metrics. */
export interface ScrapeMetricsEntry {
  /** Name of a preset. */
  readonly preset?: PresetName | undefined;
  /** Expressions by id of metric. */
  readonly metrics: Readonly<Record<string, string>>;
}

/** Returns what becomes a metric: what the entry says, then the rest of the preset. What is wrong is reported. */
export function resolveScrapedMetrics(
  { path, entry }: Placed<ScrapeMetricsEntry>,
  scope: SourceScope,
): readonly ScrapedMetric[] {
  const own = Object.entries(entry.metrics).flatMap(([id, text]) =>
    resolveOwn({ id, text }, { ...scope, path: [...path, "metrics", id] })
  );
  return [...own, ...presetMetrics(entry, scope)];
}

interface Named {
  readonly id: string;
  readonly text: string;
}

interface PlacedScope extends SourceScope {
  readonly path: Placed<unknown>["path"];
}

function resolveOwn({ id, text }: Named, { metrics, path, report }: PlacedScope): ScrapedMetric[] {
  const metric = metrics.get(id);
  if (metric === undefined) {
    report(path, `there is no metric ${quote(id)}${suggest(id, [...metrics.keys()])}`);
  }
  const expression = readExpression(text);
  if (expression instanceof ExpressionError) {
    report(path, `is no expression at character ${expression.position}: ${expression.reason}`);
    return [];
  }
  return metric ? [{ metric, expression, isOwn: true }] : [];
}

function readExpression(text: string): Expression | ExpressionError {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

function presetMetrics(
  { preset, metrics: own }: ScrapeMetricsEntry,
  { metrics }: SourceScope,
): ScrapedMetric[] {
  if (preset === undefined) return [];
  return Object.entries(PRESET_EXPRESSIONS[preset]).flatMap(([id, text]) => {
    const metric = metrics.get(id);
    if (!metric || Object.hasOwn(own, id)) return [];
    return [{ metric, expression: parseExpression(text), isOwn: false }];
  });
}
