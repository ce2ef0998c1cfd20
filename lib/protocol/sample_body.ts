/**
 * What a sample must look like when it comes from outside. The schema is built from the table of metrics, so
 * that a new metric is checked without a line here.
 *
 * @module
 */

import { z } from "zod";

import type { Metric } from "@/lib/domain/metric.ts";
import { quote } from "@/lib/domain/quote.ts";
import { SERVICE_NAME, SERVICE_NAME_RULE } from "@/lib/domain/sample.ts";
import type { ValuePath } from "@/lib/domain/value_path.ts";
import type { IncomingSample, InputIssue } from "@/lib/ports/monitor.ts";

import { explainIssues } from "./explain_issues.ts";

/** Checks one sample, or tells what is wrong with it. */
export type ParseSample = (value: unknown) => SampleOutcome;

/** What {@linkcode ParseSample} found. Paths of issues begin inside the sample, such as `"metrics.cpu"`. */
export type SampleOutcome =
  | { readonly kind: "sample"; readonly sample: IncomingSample }
  | { readonly kind: "invalid"; readonly issues: readonly InputIssue[] };

const FIELDS = ["service", "at", "metrics"];

const SAMPLE = 'must be an object such as { "service": "checkout", "metrics": { "cpu": 41.2 } }';
const METRICS = 'must be an object of numbers such as { "cpu": 41.2 }';
const AT = "must be a whole number of milliseconds since 1970";

const SERVICE = z.string(SERVICE_NAME_RULE).regex(SERVICE_NAME, SERVICE_NAME_RULE);

/**
 * Returns the schema of one sample. Its error texts complete "the value …"; {@linkcode sampleParser} makes
 * issues of them.
 *
 * @ignore
 */
export function sampleSchema(metrics: readonly Metric[]): z.ZodType<IncomingSample> {
  const values = Object.fromEntries(
    metrics.map((metric) => [metric.id, valueSchema(metric).exactOptional()]),
  );
  return z.strictObject({
    service: SERVICE.meta({ description: "Name of the service." }),
    at: z.int(AT).min(0, AT).optional().meta({
      description: "When it was taken, epoch milliseconds; left out, it is from now.",
    }),
    metrics: z.strictObject(values, METRICS).default({}).meta({
      description: "Values by metric; left out, the sample is a bare heartbeat.",
    }),
  }, SAMPLE).meta({ description: "What one service says about itself at one instant." });
}

/**
 * Returns a function that checks samples against the table of metrics. Making one takes a while; it is to be
 * kept while the table stays.
 *
 * @example
 * ```ts
 * import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
 * import { sampleParser } from "@/lib/protocol/sample_body.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const parse = sampleParser(BUILT_IN_METRICS);
 * assertEquals(parse({ service: "checkout" }), {
 *   kind: "sample",
 *   sample: { service: "checkout", metrics: {} },
 * });
 * assertEquals(parse({ service: "checkout", metrics: { latncy: 5 } }), {
 *   kind: "invalid",
 *   issues: [{ path: "metrics.latncy", message: 'unknown metric; did you mean "latency"?' }],
 * });
 * ```
 */
export function sampleParser(metrics: readonly Metric[]): ParseSample {
  const schema = sampleSchema(metrics);
  const ids = metrics.map((metric) => metric.id);
  const known = (path: ValuePath) =>
    path.length === 0 ? { what: "field", names: FIELDS } : { what: "metric", names: ids };
  return (value) => {
    const result = schema.safeParse(value);
    if (result.success) return { kind: "sample", sample: result.data };
    return { kind: "invalid", issues: explainIssues(result.error.issues, { value, known }) };
  };
}

/** Returns what is wrong with the name of a service; `null` if it may be one. */
export function checkServiceName(name: string, path: string): InputIssue | null {
  if (SERVICE_NAME.test(name)) return null;
  return { path, message: `${SERVICE_NAME_RULE}, got ${quote(name)}` };
}

function valueSchema({ min, max, name, unit }: Metric): z.ZodNumber {
  const range = `must be a number from ${min} to ${max} ${unit}`.trimEnd();
  return z.number(range).min(min, range).max(max, range).meta({
    description: unit === "" ? name : `${name}, in ${unit}`,
  });
}
