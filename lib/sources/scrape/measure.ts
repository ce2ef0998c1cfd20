/**
 * From what an exporter says to the metrics of a service.
 *
 * @module
 */

import { evaluateOutcome, type Outcome } from "@/lib/domain/expression/evaluate.ts";
import { explainMissing } from "@/lib/domain/expression/explain_missing.ts";
import { formatExpression } from "@/lib/domain/expression/format_expression.ts";
import type { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import { quote } from "@/lib/domain/quote.ts";
import type { SourceFailure } from "@/lib/ports/sample_source.ts";
import type { ScrapeConfig, ScrapedMetric } from "@/lib/ports/source_config.ts";

/** What was measured, and what was not although it should be. */
export interface Measured {
  /** Values by metric id, each in the range of its metric. */
  readonly metrics: Readonly<Record<string, number>>;
  /** `null` if nothing is amiss. */
  readonly failure: SourceFailure | null;
}

/** What is measured. */
export type Measures = Pick<ScrapeConfig, "metrics" | "preset">;

interface Result extends ScrapedMetric {
  readonly outcome: Outcome;
}

/** Returns what the window says of some metrics. Before its second set nothing is amiss if nothing is there. */
export function measure({ metrics, preset }: Measures, window: ObservationWindow): Measured {
  const results = metrics.map((scraped): Result => {
    return { ...scraped, outcome: evaluateOutcome(scraped.expression, window) };
  });
  const failures = [
    ...results.flatMap(explainRange),
    ...results.filter(({ isOwn }) => isOwn).flatMap((result) => explainNone(result, window)),
    ...preset === null ? [] : explainPreset(results, { preset, window }),
  ];
  return { metrics: Object.fromEntries(results.flatMap(valueOf)), failure: join(failures) };
}

/** The first reason is the one; the sentences stand together, so that nothing has to be found out twice. */
function join(failures: readonly SourceFailure[]): SourceFailure | null {
  const [first] = failures;
  if (first === undefined) return null;
  return { reason: first.reason, detail: failures.map(({ detail }) => detail).join("; ") };
}

function valueOf({ metric, outcome }: Result): readonly (readonly [string, number])[] {
  if (outcome.kind !== "value" || !isInRange(outcome.value, metric)) return [];
  return [[metric.id, outcome.value]];
}

function isInRange(value: number, { min, max }: ScrapedMetric["metric"]): boolean {
  return value >= min && value <= max;
}

function explainRange({ metric, outcome }: Result): SourceFailure[] {
  if (outcome.kind !== "value" || isInRange(outcome.value, metric)) return [];
  const { id, min, max } = metric;
  const value = Number(outcome.value.toPrecision(6));
  return [{ reason: "value", detail: `${id} must be from ${min} to ${max}, got ${value}` }];
}

function explainNone(result: Result, window: ObservationWindow): SourceFailure[] {
  const { metric: { id }, outcome, expression } = result;
  switch (outcome.kind) {
    case "value":
    case "undefined":
      return [];
    case "missing": {
      if (window.count < 2) return [];
      return [noValue(`${id} has no value: ${explainMissing(expression, window)}`)];
    }
    case "several": {
      const cure = "sum, avg, min or max makes one of them";
      const text = quote(formatExpression(expression));
      return [noValue(`${id} has ${outcome.count} values by ${text}: ${cure}`)];
    }
  }
}

/** A preset may fit in part: only if nothing of it is there, it is the wrong one. */
function explainPreset(
  results: readonly Result[],
  { preset, window }: { readonly preset: string; readonly window: ObservationWindow },
): SourceFailure[] {
  const ofPreset = results.filter(({ isOwn }) => !isOwn);
  const isThere = ofPreset.some(({ outcome }) => outcome.kind !== "missing");
  if (window.count < 2 || ofPreset.length === 0 || isThere) return [];
  return [noValue(`the page has nothing that the preset ${preset} knows`)];
}

function noValue(detail: string): SourceFailure {
  return { reason: "no value", detail };
}
