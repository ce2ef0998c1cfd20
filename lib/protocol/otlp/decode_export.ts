/**
 * From the body of `POST /v1/metrics` to what it says, by the official schema (`proto/`), for both encodings of
 * OTLP 1.10. It brings a protobuf library along, so it is loaded when the first export comes.
 *
 * @module
 */

import { fromBinary, fromJsonString } from "@bufbuild/protobuf";

import type {
  Attributes,
  ExponentialBuckets,
  ExponentialHistogramPoint,
  HistogramPoint,
  MetricData,
  NumberPoint,
  OtlpExport,
  OtlpMetric,
  OtlpResource,
  PointFacts,
  SummaryPoint,
  Temporality,
} from "@/lib/domain/otlp/otlp_export.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import {
  type ExportMetricsServiceRequest,
  ExportMetricsServiceRequestSchema,
} from "@/proto/gen/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.ts";
import type { AnyValue, KeyValue } from "@/proto/gen/opentelemetry/proto/common/v1/common_pb.ts";
import {
  AggregationTemporality,
  DataPointFlags,
  type ExponentialHistogramDataPoint,
  type ExponentialHistogramDataPoint_Buckets,
  type HistogramDataPoint,
  type Metric,
  type NumberDataPoint,
  type ResourceMetrics,
  type SummaryDataPoint,
} from "@/proto/gen/opentelemetry/proto/metrics/v1/metrics_pb.ts";

import { decodeUtf8 } from "../json_text.ts";
import { ProblemError } from "../problem.ts";
import type { OtlpEncoding } from "./otlp_encoding.ts";

/**
 * Returns what a body says. Fields that the schema does not know are ignored, as the protocol asks; in JSON, 64-bit
 * numbers may be texts or numbers.
 *
 * @throws {ProblemError} 400 if it is not what the encoding says.
 */
export function decodeExport(body: Uint8Array, encoding: OtlpEncoding): OtlpExport {
  const { resourceMetrics } = encoding === "json" ? decodeJson(body) : decodeBinary(body);
  return { resources: resourceMetrics.map(readResource) };
}

function decodeBinary(body: Uint8Array): ExportMetricsServiceRequest {
  try {
    return fromBinary(ExportMetricsServiceRequestSchema, body, { readUnknownFields: false });
  } catch (cause) {
    throw notOtlp("protobuf", cause);
  }
}

function decodeJson(body: Uint8Array): ExportMetricsServiceRequest {
  const text = decodeUtf8(body);
  try {
    return fromJsonString(ExportMetricsServiceRequestSchema, text, { ignoreUnknownFields: true });
  } catch (cause) {
    throw notOtlp("JSON", cause);
  }
}

/** The library's own words may quote the body at length. */
function notOtlp(encoding: string, cause: unknown): ProblemError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const reason = said.replaceAll(/[\s\p{C}]+/gu, " ").slice(0, MAX_REASON);
  const wanted = "it must be an ExportMetricsServiceRequest";
  return new ProblemError(400, `Cannot read the body as OTLP ${encoding}: ${reason}; ${wanted}`, {
    cause,
  });
}

const MAX_REASON = 200;

function readResource({ resource, scopeMetrics }: ResourceMetrics): OtlpResource {
  return {
    attributes: readAttributes(resource?.attributes ?? []),
    metrics: scopeMetrics.flatMap(({ metrics }) => metrics.map(readMetric)),
  };
}

function readMetric({ name, data }: Metric): OtlpMetric {
  return { name, data: readData(data) };
}

function readData(data: Metric["data"]): MetricData {
  switch (data.case) {
    case undefined:
      return { kind: "none" };
    case "gauge":
      return { kind: "gauge", points: data.value.dataPoints.map(readNumber) };
    case "sum": {
      const { aggregationTemporality, dataPoints, isMonotonic } = data.value;
      const temporality = readTemporality(aggregationTemporality);
      return { kind: "sum", temporality, isMonotonic, points: dataPoints.map(readNumber) };
    }
    case "histogram": {
      const { aggregationTemporality, dataPoints } = data.value;
      const temporality = readTemporality(aggregationTemporality);
      return { kind: "histogram", temporality, points: dataPoints.map(readHistogram) };
    }
    case "exponentialHistogram": {
      const { aggregationTemporality, dataPoints } = data.value;
      const temporality = readTemporality(aggregationTemporality);
      return {
        kind: "exponential histogram",
        temporality,
        points: dataPoints.map(readExponential),
      };
    }
    case "summary":
      return { kind: "summary", points: data.value.dataPoints.map(readSummary) };
  }
}

function readTemporality(temporality: AggregationTemporality): Temporality {
  switch (temporality) {
    case AggregationTemporality.CUMULATIVE:
      return "cumulative";
    case AggregationTemporality.DELTA:
      return "delta";
    default:
      return "unspecified";
  }
}

type AnyPoint =
  | NumberDataPoint
  | HistogramDataPoint
  | ExponentialHistogramDataPoint
  | SummaryDataPoint;

function readFacts(point: AnyPoint): PointFacts {
  return {
    attributes: readAttributes(point.attributes),
    startedAt: toInstant(point.startTimeUnixNano),
    at: toInstant(point.timeUnixNano),
    isEmpty: (point.flags & DataPointFlags.NO_RECORDED_VALUE_MASK) !== 0,
  };
}

function readNumber(point: NumberDataPoint): NumberPoint {
  const { value } = point.value;
  return { ...readFacts(point), value: value === undefined ? null : Number(value) };
}

function readHistogram(point: HistogramDataPoint): HistogramPoint {
  return {
    ...readFacts(point),
    count: Number(point.count),
    sum: point.sum ?? null,
    bounds: point.explicitBounds,
    counts: point.bucketCounts.map(Number),
  };
}

function readExponential(point: ExponentialHistogramDataPoint): ExponentialHistogramPoint {
  return {
    ...readFacts(point),
    count: Number(point.count),
    sum: point.sum ?? null,
    scale: point.scale,
    zeroCount: Number(point.zeroCount),
    zeroThreshold: point.zeroThreshold,
    positive: readBuckets(point.positive),
    negative: readBuckets(point.negative),
  };
}

function readBuckets(
  buckets: ExponentialHistogramDataPoint_Buckets | undefined,
): ExponentialBuckets {
  return { offset: buckets?.offset ?? 0, counts: (buckets?.bucketCounts ?? []).map(Number) };
}

function readSummary(point: SummaryDataPoint): SummaryPoint {
  const { count, sum, quantileValues } = point;
  const quantiles = quantileValues.map(({ quantile, value }) => ({ quantile, value }));
  return { ...readFacts(point), count: Number(count), sum, quantiles };
}

/** Nanoseconds since 1970 do not fit a number; milliseconds do. */
function toInstant(nanoseconds: bigint): Instant {
  return Number(nanoseconds / 1_000_000n);
}

/** Of a name that is there twice, which the protocol forbids, the last one counts. */
function readAttributes(pairs: readonly KeyValue[]): Attributes {
  const attributes: Record<string, string> = Object.create(null);
  for (const { key, value } of pairs) attributes[key] = describeValue(value);
  return attributes;
}

function describeValue(value: AnyValue | undefined): string {
  const plain = toPlain(value);
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}

/** Numbers of 64 bits become texts where they would not be exact. */
function toPlain(any: AnyValue | undefined): unknown {
  const { value } = any ?? {};
  switch (value?.case) {
    case undefined:
      return "";
    case "stringValue":
    case "boolValue":
    case "doubleValue":
      return value.value;
    case "intValue":
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : `${value.value}`;
    case "arrayValue":
      return value.value.values.map(toPlain);
    case "kvlistValue":
      return Object.fromEntries(value.value.values.map(({ key, value }) => [key, toPlain(value)]));
    case "bytesValue":
      return value.value.toBase64();
    default:
      return "";
  }
}
