/**
 * What routes need of a running monitor. `lib/app.ts` builds one; route tests may build their own.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { Severity } from "@/lib/domain/rule.ts";
import type { Health } from "@/lib/protocol/health.ts";
import type { AlertView, ServiceReading, ServiceView } from "@/lib/protocol/views.ts";

import type { Limits, ReadOrigins, ReceiverRoute } from "./monitor_config.ts";

/** A sample as a client sends it, already of the right shape; without `at` it is from now. */
export interface IncomingSample {
  /** Name of the service. */
  readonly service: string;
  /** When it was taken, in epoch milliseconds. */
  readonly at?: Instant | undefined;
  /** Values by metric id. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** How a service came that configuration does not list. */
export type ArrivalKind = "push" | "otlp";

/** One thing wrong with an input. */
export interface InputIssue {
  /** Where, such as `"[2].metrics.cpu"`; empty for the input as a whole. */
  readonly path: string;
  /** What is wrong, what came, and what would be right. */
  readonly message: string;
}

/** What became of samples that were handed in. Nothing of a refused batch is kept. */
export type IngestResult =
  | { readonly kind: "accepted"; readonly count: number }
  /** The batch does not fit the rules of input: 422. */
  | { readonly kind: "invalid"; readonly issues: readonly InputIssue[] }
  /** A bound is reached; it may work later: 429. */
  | { readonly kind: "full"; readonly reason: string; readonly retryAfterMs: number };

/** Which alerts are asked for. */
export interface AlertQuery {
  /** `active` are pending and firing ones. */
  readonly state: "active" | "resolved" | "all";
  /** Only alerts of this service; `null` for those of all. */
  readonly service: string | null;
  /** Only alerts of this severity; `null` for those of all. */
  readonly severity: Severity | null;
  /** Only alerts after this one in the same order (by its id); `null` for the first page. */
  readonly after: string | null;
  /** At most this many, newest first. */
  readonly limit: number;
}

/** The state of the monitor, and the only door to change it. */
export interface MonitorState {
  /** Metrics that may be sent. */
  metrics(): readonly Metric[];
  /** The bounds in force. */
  limits(): Limits;
  /** Origins of web pages that may write and open the live socket, beside our own pages. */
  origins(): readonly string[];
  /**
   * Takes samples, all or none. Services that nobody lists are added as what they came by, by default by push;
   * one that has once come by OpenTelemetry stays that.
   */
  ingest(samples: readonly IncomingSample[], arrival?: ArrivalKind): IngestResult;
  /** Origins of web pages that may read. */
  readOrigins(): ReadOrigins;
  /** Which alerts each receiver is told of, in the order of the configuration. */
  routes(): readonly ReceiverRoute[];
  /** All services, worst first, then by name. */
  services(): readonly ServiceView[];
  /** The latest values of all services, in no particular order. Cheap beside {@linkcode services}. */
  readings(): readonly ServiceReading[];
  /** One service; `undefined` if there is none of that name. */
  service(name: string): ServiceView | undefined;
  /** One alert, also if it is resolved, as long as it is kept; `undefined` if there is none with that id. */
  alert(id: string): AlertView | undefined;
  /** Words to find a service by; none if there is no such service. */
  tagsOf(service: string): readonly string[];
  /** Alerts, newest first. */
  alerts(query: AlertQuery): readonly AlertView[];
}

/** Tells how the monitor itself is. */
export interface HealthReporter {
  /** Checks now. */
  health(): Health;
}
