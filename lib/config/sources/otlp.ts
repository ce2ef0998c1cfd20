/**
 * The source `otlp` in the configuration, and what holds for services that come by OpenTelemetry unasked.
 *
 * @module
 */

import { z } from "zod";

import { type Expression, partsOf } from "@/lib/domain/expression/expression.ts";
import { ExpressionError } from "@/lib/domain/expression/expression_error.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import { SEMCONV } from "@/lib/domain/otlp/semconv_preset.ts";
import { quote } from "@/lib/domain/quote.ts";
import { suggest } from "@/lib/domain/suggest.ts";
import type { MappedMetric, OtlpConfig } from "@/lib/ports/source_config.ts";

import type { Path } from "../config_error.ts";
import type { Placed } from "../entries.ts";
import { resolveDuration } from "../resolve_durations.ts";
import type { Report } from "../resolve_rule.ts";
import { duration, object } from "../schema_parts.ts";
import type { SourceSchema } from "./source_schema.ts";

/** As it stands in the file. */
export interface OtlpEntry {
  /** Tells sources apart. */
  readonly kind: "otlp";
  /** How often it exports, as a duration; `sources.otlp.interval` if left out. */
  readonly interval?: string | undefined;
  /** What its metrics are made of, where `metrics` does not say. */
  readonly preset: "semconv" | "none";
  /** Expressions by id of metric. */
  readonly metrics: Readonly<Record<string, string>>;
}

/** What the file says of services that are not listed. */
export interface OtlpDefaultsEntry {
  /** How often they export, as a duration. */
  readonly interval: string;
}

const DEFAULT_INTERVAL = "60s";

/**
 * Its shape.
 *
 * @ignore
 */
export const OTLP: SourceSchema<OtlpEntry> = object({
  kind: z.literal("otlp").meta({
    description: "The service exports metrics over OpenTelemetry's protocol, to POST /v1/metrics.",
  }),
  interval: duration(DEFAULT_INTERVAL).optional().meta({
    description: "How often it exports, from 1s to 1h; after two and a half times that without " +
      "an export it counts as silent. Left out, it is sources.otlp.interval.",
    examples: ["60s", "10s"],
  }),
  preset: z.enum(["semconv", "none"], 'must be "semconv" or "none"').default("semconv").meta({
    description: "What metrics are computed from that `metrics` does not name: `semconv` makes " +
      "cpu, memory, latency and errorRate of OpenTelemetry's semantic conventions.",
  }),
  metrics: z.record(
    z.string(),
    z.string("must be an expression"),
    'must be an object such as { "queueLength": "sum({\\"queue.length\\"})" }',
  ).default({}).meta({
    description: "Expressions by the id of the metric that they make. See docs/sources.md.",
    examples: [{ queueLength: 'sum({"queue.length"})' }],
  }),
}, "must be an object");

/**
 * What is said of services that come by OpenTelemetry and are not listed.
 *
 * @ignore
 */
export const OTLP_DEFAULTS: z.ZodType<OtlpDefaultsEntry, Record<string, unknown>> = object({
  interval: duration(DEFAULT_INTERVAL).default(DEFAULT_INTERVAL).meta({
    description: "How often services export that do not say so themselves, from 1s to 1h.",
    examples: ["60s"],
  }),
}, 'must be an object such as { "interval": "60s" }');

/** What an entry is resolved against. */
export interface OtlpScope {
  /** By id; `null` for one that is wrong itself. */
  readonly metrics: ReadonlyMap<string, Metric | null>;
  /** Where to say what is wrong. */
  readonly report: Report;
  /** What holds where the entry does not say. */
  readonly sources: {
    /** What holds for OpenTelemetry. */
    readonly otlp: Pick<OtlpConfig, "intervalMs">;
  };
}

/** So long must it be silent to be missed, in intervals: one export may be lost. */
const SILENT_INTERVALS = 2.5;

const BOUNDS = { min: "1s", max: "1h" } as const;

/** Returns the source that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveOtlp(
  { path, entry }: Placed<OtlpEntry>,
  { metrics, report, sources }: OtlpScope,
): OtlpConfig | null {
  const intervalMs = entry.interval === undefined
    ? sources.otlp.intervalMs
    : resolveDuration(entry.interval, BOUNDS, { path: [...path, "interval"], report });
  const own = resolveMetrics(entry.metrics, { path: [...path, "metrics"], metrics, report });
  if (intervalMs === null) return null;
  const named = new Set(own.map(({ metric }) => metric));
  const preset = entry.preset === "none" ? [] : presetMetrics();
  return configOf(intervalMs, [...preset.filter(({ metric }) => !named.has(metric)), ...own]);
}

/** Returns what holds for services that are not listed; what is wrong with it is reported. */
export function resolveOtlpDefaults(entry: OtlpDefaultsEntry, report: Report): OtlpConfig {
  const path = ["sources", "otlp", "interval"];
  const intervalMs = resolveDuration(entry.interval, BOUNDS, { path, report });
  return configOf(intervalMs ?? 60_000, presetMetrics());
}

function configOf(intervalMs: number, metrics: readonly MappedMetric[]): OtlpConfig {
  const silenceMs = SILENT_INTERVALS * intervalMs;
  return { kind: "otlp", about: "OpenTelemetry", hosts: [], silenceMs, intervalMs, metrics };
}

function presetMetrics(): readonly MappedMetric[] {
  return SEMCONV.map(([metric, text]) => ({ metric, expression: parseExpression(text) }));
}

interface MetricsScope extends Pick<OtlpScope, "metrics" | "report"> {
  readonly path: Path;
}

function resolveMetrics(
  entries: OtlpEntry["metrics"],
  { path, metrics, report }: MetricsScope,
): readonly MappedMetric[] {
  return Object.entries(entries).flatMap(([metric, text]) => {
    const place = [...path, metric];
    if (!metrics.has(metric)) {
      report(place, `no metric is called ${quote(metric)}${suggest(metric, [...metrics.keys()])}`);
    }
    const expression = readExpression(text, (message) => report(place, message));
    return expression === null ? [] : [{ metric, expression }];
  });
}

function readExpression(text: string, report: (message: string) => void): Expression | null {
  try {
    const expression = parseExpression(text);
    if (!hasRange(expression)) return expression;
    report("must not have a span such as [5m]: it grows from one export to the next");
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    report(`is no expression, at character ${error.position}: ${error.reason}`);
  }
  return null;
}

function hasRange(expression: Expression): boolean {
  if (expression.kind === "growth" && expression.rangeMs !== null) return true;
  return partsOf(expression).some(hasRange);
}
