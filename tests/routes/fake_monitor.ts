/**
 * A monitor that keeps what it is given and answers what it is told to.
 *
 * @module
 */

import { BUILT_IN_METRICS, type Metric } from "@/lib/domain/metric.ts";
import type {
  AlertQuery,
  IncomingSample,
  IngestResult,
  MonitorState,
} from "@/lib/ports/monitor.ts";
import type { Limits, ReadOrigins, ReceiverRoute } from "@/lib/ports/monitor_config.ts";
import type { AlertView, ServiceReading, ServiceView } from "@/lib/protocol/views.ts";
import { readingOf } from "@/tests/support/readings.ts";

/** Implements {@linkcode MonitorState}. */
export class FakeMonitor implements MonitorState {
  /** Every batch that was handed in, refused ones too. */
  readonly batches: (readonly IncomingSample[])[] = [];
  /** Every question for alerts. */
  readonly queries: AlertQuery[] = [];
  /** Answers instead of acceptance, if set. */
  refusal: IngestResult | null = null;
  /** Thrown by every act and question, if set. */
  fault: Error | null = null;
  /** The services there are. */
  list: ServiceView[] = [];
  /** The alerts there are. */
  alertList: AlertView[] = [];
  /** Who is told. */
  routeList: ReceiverRoute[] = [];
  /** Longest body, in bytes. */
  bodyBytes = 10_000;
  /** The origins that configuration lists. */
  configuredOrigins: readonly string[] = [];
  /** The origins of pages that may read. */
  configuredReaders: ReadOrigins = [];

  metrics(): readonly Metric[] {
    return BUILT_IN_METRICS;
  }

  limits(): Limits {
    return { services: 100, bodyBytes: this.bodyBytes, autoRegister: true };
  }

  origins(): readonly string[] {
    return this.configuredOrigins;
  }

  readOrigins(): ReadOrigins {
    return this.configuredReaders;
  }

  routes(): readonly ReceiverRoute[] {
    return this.routeList;
  }

  alert(id: string): AlertView | undefined {
    return this.alertList.find((alert) => alert.id === id);
  }

  tagsOf(service: string): readonly string[] {
    return this.service(service)?.tags ?? [];
  }

  ingest(samples: readonly IncomingSample[]): IngestResult {
    this.#fail();
    this.batches.push(samples);
    return this.refusal ?? { kind: "accepted", count: samples.length };
  }

  services(): readonly ServiceView[] {
    this.#fail();
    return this.list;
  }

  readings(): readonly ServiceReading[] {
    return this.services().map(readingOf);
  }

  service(name: string): ServiceView | undefined {
    this.#fail();
    return this.list.find((service) => service.name === name);
  }

  alerts(query: AlertQuery): readonly AlertView[] {
    this.#fail();
    this.queries.push(query);
    return this.alertList;
  }

  #fail(): void {
    if (this.fault !== null) throw this.fault;
  }
}
