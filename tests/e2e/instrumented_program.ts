/**
 * A program that measures itself with the SDK of OpenTelemetry, as its users have it.
 *
 * @module
 */

import {
  AggregationTemporalityPreference,
  OTLPMetricExporter as JsonExporter,
} from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter as ProtobufExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { CompressionAlgorithm } from "@opentelemetry/otlp-exporter-base";
import { type Resource, resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";

/** The encodings that there are exporters for. */
export type Encoding = "protobuf" | "json";

/** How a program exports. */
export interface ProgramOptions {
  /** The address of the server, without a slash at the end. */
  readonly origin: string;
  /** What the address of the exporter ends with. @default {""} */
  readonly query?: string;
  /** Name of the service; without it the SDK names it itself. */
  readonly service?: string;
  /** Which of several processes of the service. */
  readonly instance?: string;
  /** @default {"protobuf"} */
  readonly encoding?: Encoding;
  /** Whether it sends what happened since its last export, rather than since its start. @default {false} */
  readonly isDelta?: boolean;
  /** Whether durations go into exponential histograms. @default {false} */
  readonly isExponential?: boolean;
}

/** The upper bounds that the conventions ask for, in seconds. */
export const BOUNDS = [
  ...[0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
];

/** Exports when it is told to, and at its end. */
export class InstrumentedProgram implements AsyncDisposable {
  readonly #provider: MeterProvider;
  readonly #record: (seconds: number, status: number) => void;
  #cpu = 0;
  #hasEnded = false;

  /** Begins. */
  constructor(options: ProgramOptions) {
    const reader = new PeriodicExportingMetricReader({
      exporter: createExporter(options),
      exportIntervalMillis: 3_600_000,
    });
    const views = options.isExponential ?? false ? [EXPONENTIAL] : [];
    this.#provider = new MeterProvider({ resource: resourceOf(options), readers: [reader], views });
    const meter = this.#provider.getMeter("checkout");
    const durations = meter.createHistogram("http.server.request.duration", {
      unit: "s",
      advice: { explicitBucketBoundaries: BOUNDS },
    });
    this.#record = (seconds, status) =>
      durations.record(seconds, {
        "http.request.method": "GET",
        "http.response.status_code": status,
        ...(status >= 500 ? { "error.type": `${status}` } : {}),
      });
    meter.createObservableGauge("process.cpu.utilization").addCallback((result) =>
      result.observe(this.#cpu)
    );
  }

  /** Serves requests that take so long. */
  serve(durations: readonly number[], status = 200): void {
    for (const seconds of durations) this.#record(seconds, status);
  }

  /** Is so busy, from 0 to 1. */
  work(share: number): void {
    this.#cpu = share;
  }

  /** Exports now, at an instant of its own: what happens in one millisecond cannot be told apart. */
  async export(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await this.#provider.forceFlush();
  }

  /** Ends without a last export, as a killed process does not have one. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    await this.#provider.shutdown();
  }
}

const EXPONENTIAL = {
  instrumentName: "http.server.request.duration",
  aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
} as const;

function createExporter(
  { origin, query = "", encoding = "protobuf", isDelta = false }: ProgramOptions,
): PushMetricExporter {
  const options = {
    url: `${origin}/v1/metrics${query}`,
    compression: CompressionAlgorithm.GZIP,
    temporalityPreference: isDelta
      ? AggregationTemporalityPreference.DELTA
      : AggregationTemporalityPreference.CUMULATIVE,
  };
  return encoding === "json" ? new JsonExporter(options) : new ProtobufExporter(options);
}

function resourceOf({ service, instance }: ProgramOptions): Resource {
  return resourceFromAttributes({
    ...(service === undefined ? {} : { "service.name": service }),
    ...(instance === undefined ? {} : { "service.instance.id": instance }),
  });
}
