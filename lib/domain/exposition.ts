/**
 * Writes metric families as Prometheus reads them: the text format 0.0.4 and OpenMetrics 1.0
 * (https://prometheus.io/docs/instrumenting/exposition_formats/,
 * https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md). It knows nothing of what
 * the families say.
 *
 * @module
 */

/** Labels of a sample, by name. */
export type ExpositionLabels = Readonly<Record<string, string>>;

/** One value of a family. */
export interface ExpositionSample {
  /** What tells it from the other samples of its family. */
  readonly labels: ExpositionLabels;
  /** The value, in the unit of the family. */
  readonly value: number;
}

/** What every family has. */
export interface FamilyHead {
  /** The name; of a counter without `_total`. No two families have the same. */
  readonly name: string;
  /** What it is, in one sentence. */
  readonly help: string;
  /** The base unit, with which the name ends; `null` for none. */
  readonly unit: string | null;
}

/** A family whose samples are single values. */
export interface ValueFamily extends FamilyHead {
  /** A counter never falls, save to begin anew. */
  readonly kind: "gauge" | "counter";
  /** No two have the same labels. */
  readonly samples: readonly ExpositionSample[];
}

/** How often values did not exceed some bounds. */
export interface HistogramFamily extends FamilyHead {
  /** Tells families apart. */
  readonly kind: "histogram";
  /** By bound, in rising order: how many values it was not exceeded by. */
  readonly buckets: readonly { readonly bound: number; readonly count: number }[];
  /** How many values there were. */
  readonly count: number;
  /** Their sum. */
  readonly sum: number;
}

/** Quantiles that were computed here. */
export interface SummaryFamily extends FamilyHead {
  /** Tells families apart. */
  readonly kind: "summary";
  /** The value that a part of the lately seen ones did not exceed; none if there are none. */
  readonly quantiles: readonly { readonly part: number; readonly value: number }[];
  /** How many values there were. */
  readonly count: number;
  /** Their sum. */
  readonly sum: number;
}

/** One family: a metric with all its samples. */
export type MetricFamily = ValueFamily | HistogramFamily | SummaryFamily;

/** The formats. */
export type ExpositionFormat = "text" | "openmetrics";

/** The content type of each format. */
export const EXPOSITION_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

/**
 * Returns families as text, in order of their names; samples keep their order. Names are made to fit the
 * format, whatever they are.
 *
 * @example
 * ```ts
 * import { formatExposition } from "@/lib/domain/exposition.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const samples = [{ labels: { service: "checkout" }, value: 3 }];
 * const families = [{ kind: "counter", name: "restarts", help: "Restarts.", unit: null, samples }] as const;
 * assertEquals(
 *   formatExposition(families, "text"),
 *   '# HELP restarts_total Restarts.\n# TYPE restarts_total counter\nrestarts_total{service="checkout"} 3\n',
 * );
 * ```
 */
export function formatExposition(
  families: readonly MetricFamily[],
  format: ExpositionFormat,
): string {
  return [...writeExposition(families, format)].join("");
}

/** A piece of text is at least this long, in characters, or the last. */
const PIECE_LENGTH = 65_536;

/**
 * Writes the same piece by piece, so that whoever has very much to tell can do something else in between. A
 * family is never cut.
 */
export function* writeExposition(
  families: readonly MetricFamily[],
  format: ExpositionFormat,
): Generator<string> {
  let piece = "";
  for (const family of families.toSorted(compareNames)) {
    piece += formatHead(family, format) + formatSamples(family);
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = "";
  }
  yield piece + (format === "openmetrics" ? "# EOF\n" : "");
}

function compareNames(a: MetricFamily, b: MetricFamily): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Returns a text as the name of a metric: letters, digits, `_` and `:`, no digit first. */
export function toMetricName(text: string): string {
  return toName(text, /[^a-zA-Z0-9_:]/g);
}

/** Returns a text as the name of a label: letters, digits and `_`, no digit first. */
export function toLabelName(text: string): string {
  return toName(text, /[^a-zA-Z0-9_]/g);
}

function toName(text: string, foreign: RegExp): string {
  const name = text.replace(foreign, "_");
  return name === "" || /^\d/.test(name) ? `_${name}` : name;
}

function formatHead({ kind, name, help, unit }: MetricFamily, format: ExpositionFormat): string {
  const base = toMetricName(name);
  const isText = format === "text";
  // The older format names what stands on the lines of samples, the newer one the metric.
  const shown = isText && kind === "counter" ? `${base}_total` : base;
  const unitLine = isText || unit === null || !base.endsWith(`_${unit}`)
    ? ""
    : `# UNIT ${shown} ${unit}\n`;
  const text = isText ? escapeHelp(help) : escapeLabel(help);
  return `# HELP ${shown} ${text}\n# TYPE ${shown} ${kind}\n${unitLine}`;
}

function formatSamples(family: MetricFamily): string {
  const name = toMetricName(family.name);
  switch (family.kind) {
    case "gauge":
      return formatValues(name, family.samples);
    case "counter":
      return formatValues(`${name}_total`, family.samples);
    case "histogram":
      return family.buckets.map(({ bound, count }) =>
        `${name}_bucket{le="${formatFloat(bound)}"} ${formatNumber(count)}\n`
      ).join("") +
        `${name}_bucket{le="+Inf"} ${formatNumber(family.count)}\n` + formatSum(name, family);
    case "summary":
      return family.quantiles.map(({ part, value }) =>
        `${name}{quantile="${formatFloat(part)}"} ${formatNumber(value)}\n`
      ).join("") + formatSum(name, family);
  }
}

function formatSum(name: string, { sum, count }: HistogramFamily | SummaryFamily): string {
  return `${name}_sum ${formatNumber(sum)}\n${name}_count ${formatNumber(count)}\n`;
}

function formatValues(name: string, samples: readonly ExpositionSample[]): string {
  let text = "";
  for (const { labels, value } of samples) {
    text += `${name}${formatLabels(labels)} ${formatNumber(value)}\n`;
  }
  return text;
}

function formatLabels(labels: ExpositionLabels): string {
  let text = "";
  for (const name in labels) {
    const pair = `${toKnownLabelName(name)}="${escapeLabel(labels[name] ?? "")}"`;
    text += text === "" ? pair : `,${pair}`;
  }
  return text === "" ? "" : `{${text}}`;
}

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Nearly all names are right as they are, and there are very many. */
function toKnownLabelName(name: string): string {
  return LABEL_NAME.test(name) ? name : toLabelName(name);
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

const SPECIAL = /["\\\n]/;

function escapeLabel(text: string): string {
  return SPECIAL.test(text) ? escapeHelp(text).replaceAll('"', '\\"') : text;
}

function formatNumber(value: number): string {
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : String(value);
}

/** Bounds look the same in both formats, or the series would change with the format that is read. */
function formatFloat(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : formatNumber(value);
}
