/**
 * Takes what OpenTelemetry exporters send, and hands it on as samples of services.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import { type Measure, readMeasures, sizeOf } from "@/lib/domain/otlp/measure.ts";
import {
  countPoints,
  type OtlpExport,
  type OtlpMetric,
  type OtlpResource,
} from "@/lib/domain/otlp/otlp_export.ts";
import { type ResourceService, serviceOfResource } from "@/lib/domain/otlp/service_name.ts";
import { MAX_FUTURE_MS } from "@/lib/domain/sample.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { IncomingSample, IngestResult } from "@/lib/ports/monitor.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import type { OtlpIntake, OtlpOutcome, OtlpSender } from "@/lib/ports/otlp_intake.ts";
import type { FailureSink, SourceFailure } from "@/lib/ports/sample_source.ts";
import { isSameSource } from "@/lib/ports/same_source.ts";
import type { OtlpConfig } from "@/lib/ports/source_config.ts";

import { fitValues } from "./fit_values.ts";
import { ObservedService } from "./observed_service.ts";
import type { RefusalLog } from "./refusal_log.ts";

/** What an {@linkcode OtlpReceiver} needs. */
export interface OtlpReceiverOptions {
  /** Tells the time. */
  readonly clock: Clock;
  /** What is watched, and how. */
  readonly config: MonitorConfig;
  /** Takes samples of services that may be new. */
  readonly ingest: (samples: readonly IncomingSample[]) => IngestResult;
  /** Tells whether there is a service of this name. */
  readonly isKnown: (service: string) => boolean;
  /** Takes what was wrong with the exports of a service. */
  readonly failures: FailureSink;
  /** Takes what was wrong with exports of nobody in particular. */
  readonly refusals: RefusalLog;
}

/** The most values of one service, and of all, that are held. What is beyond is rejected. */
export const VALUE_LIMITS = { ofService: 20_000, ofAll: 1_000_000 } as const;

/** How often is looked for services that are silent, in milliseconds. */
const SWEEP_MS = 60_000;

/** What became of one resource. */
interface Verdict {
  readonly rejected: number;
  readonly problem: string | null;
}

/** Holds what was exported lately, bounded by {@linkcode VALUE_LIMITS}. */
export class OtlpReceiver implements OtlpIntake {
  readonly #options: OtlpReceiverOptions;
  readonly #services = new Map<string, ObservedService>();
  /** Sources of listed services, by name. */
  #listed: ReadonlyMap<string, OtlpConfig> = new Map();
  #metrics: ReadonlyMap<string, Metric> = new Map();
  /** The source of all others. */
  #unlisted: OtlpConfig;
  #valueCount = 0;
  #sweptAtMs = 0;

  /** Begins with nothing. */
  constructor(options: OtlpReceiverOptions) {
    this.#options = options;
    this.#unlisted = options.config.sources.otlp;
    this.reconfigure(options.config);
  }

  /** Takes other services. Those whose source has changed begin anew with their next export. */
  reconfigure({ services, metrics, sources }: MonitorConfig): void {
    const listed = services.flatMap(({ name, source }) => {
      return source.kind === "otlp" ? [[name, source] as const] : [];
    });
    this.#listed = new Map(listed);
    this.#metrics = new Map(metrics.map((metric) => [metric.id, metric]));
    this.#unlisted = sources.otlp;
    for (const [name, service] of this.#services) {
      if (!isSameSource(service.config, this.#configOf(name))) this.#services.delete(name);
    }
  }

  take({ resources }: OtlpExport, sender: OtlpSender): OtlpOutcome {
    this.#sweep();
    let rejectedPoints = 0;
    const problems: string[] = [];
    for (const resource of resources) {
      const { rejected, problem } = this.#takeResource(resource, sender);
      rejectedPoints += rejected;
      if (problem !== null) problems.push(problem);
    }
    return { rejectedPoints, problem: problems[0] ?? null };
  }

  noteUnreadable({ service, address }: OtlpSender, failure: SourceFailure): void {
    const { failures, isKnown, refusals } = this.#options;
    if (service !== null && isKnown(service)) {
      failures.noteFailure(service, failure);
    } else {
      refusals.note(address, failure.detail);
    }
  }

  #takeResource(resource: OtlpResource, sender: OtlpSender): Verdict {
    const points = resource.metrics.reduce((sum, metric) => sum + countPoints(metric), 0);
    if (points === 0) return { rejected: 0, problem: null };
    const named = nameOf(resource, sender);
    if (named.kind === "nameless") {
      this.#options.refusals.note(sender.address, named.problem);
      return { rejected: points, problem: named.problem };
    }
    const { service } = named;
    const verdict = this.#takeExport(resource, { service, points });
    this.#tell(service, sender, verdict.problem);
    return verdict;
  }

  /** What is said of a service that is not there would never be seen. */
  #tell(service: string, { address }: OtlpSender, problem: string | null): void {
    const { failures, isKnown, refusals } = this.#options;
    if (isKnown(service)) {
      failures.noteFailure(
        service,
        problem === null ? null : { reason: "rejected", detail: problem },
      );
    } else if (problem !== null) {
      refusals.note(address, problem);
    }
  }

  #takeExport(
    resource: OtlpResource,
    { service, points }: { readonly service: string; readonly points: number },
  ): Verdict {
    const now = this.#options.clock.now();
    const at = newestAt(resource) || now;
    if (at - now > MAX_FUTURE_MS) {
      const ahead = Math.round((at - now) / 1_000);
      const problem = `Cannot take what is dated ${ahead} s ahead; set the clock of the sender`;
      return { rejected: points, problem: inService(service, problem) };
    }
    const observed = this.#services.get(service) ?? new ObservedService(this.#configOf(service));
    const read = this.#read(resource, observed, at);
    if (read.rejected === points) {
      return { rejected: points, problem: read.problem && inService(service, read.problem) };
    }
    const before = observed.valueCount;
    const sent = { ...read, at, arrivedAtMs: this.#options.clock.monotonicMs() };
    const { intervalMs } = observed.config;
    const computed = observed.take(resource.attributes, { ...sent, intervalMs });
    const fitted = fitValues(computed.metrics, this.#metrics);
    const refusal = this.#ingest({
      service,
      metrics: Object.fromEntries(fitted.values),
      // What is fresh counts from its arrival: clocks of several instances need not agree.
      ...(now - at > observed.config.silenceMs ? { at } : {}),
    });
    if (refusal !== null) return { rejected: points, problem: inService(service, refusal) };
    this.#services.set(service, observed);
    this.#valueCount += observed.valueCount - before;
    const problem = read.problem ?? computed.problem ?? fitted.problem;
    return { rejected: read.rejected, problem: problem && inService(service, problem) };
  }

  /** Only what an expression looks at is taken apart; the rest is none of Vitals' business, and taken. */
  #read(resource: OtlpResource, observed: ObservedService, at: Instant) {
    const read = new Map<string, readonly Measure[]>();
    const room = this.#roomFor(observed, resource);
    let rejected = 0;
    let count = 0;
    let problem: string | null = null;
    for (const metric of resource.metrics) {
      if (metric.name !== "" && !observed.wants(metric.name)) continue;
      const found = readMeasures(metric);
      count += found.measures.reduce((sum, measure) => sum + sizeOf(measure), 0);
      if (count > room) {
        rejected += countPoints(metric);
        problem ??= `Cannot hold more than ${VALUE_LIMITS.ofService} values of a service`;
        continue;
      }
      rejected += found.rejected;
      problem ??= found.problem && `Cannot take a data point: ${found.problem}`;
      const known = read.get(metric.name) ?? [];
      read.set(metric.name, [...known, ...found.measures.map((measure) => dated(measure, at))]);
    }
    return { metrics: read, rejected, problem };
  }

  /** What the same instance sent before makes room for what it sends now. */
  #roomFor(observed: ObservedService, { attributes }: OtlpResource): number {
    const { ofService, ofAll } = VALUE_LIMITS;
    const beside = observed.valueCountBeside(attributes);
    const own = observed.valueCount - beside;
    return Math.min(ofService - beside, ofAll - this.#valueCount + own);
  }

  /** Returns why a sample was not taken; `null` if it was. */
  #ingest(sample: IncomingSample): string | null {
    const result = this.#options.ingest([sample]);
    switch (result.kind) {
      case "accepted":
        return null;
      case "invalid":
        return `Cannot take the export: ${result.issues[0]?.message ?? "it is no sample"}`;
      case "full":
        return `Cannot take the export: ${result.reason}`;
    }
  }

  #configOf(name: string): OtlpConfig {
    return this.#listed.get(name) ?? this.#unlisted;
  }

  #sweep(): void {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs - this.#sweptAtMs < SWEEP_MS) return;
    this.#sweptAtMs = nowMs;
    this.#valueCount = 0;
    for (const [name, service] of this.#services) {
      service.expire(nowMs);
      if (service.isAlive) this.#valueCount += service.valueCount;
      else this.#services.delete(name);
    }
  }
}

function nameOf({ attributes }: OtlpResource, { service }: OtlpSender): ResourceService {
  return service === null ? serviceOfResource(attributes) : { kind: "named", service };
}

function inService(service: string, problem: string): string {
  return `${problem} (service "${service}")`;
}

function newestAt({ metrics }: OtlpResource): Instant {
  let newest = 0;
  for (const metric of metrics) {
    for (const { at } of pointsOf(metric)) newest = Math.max(newest, at);
  }
  return newest;
}

function pointsOf({ data }: OtlpMetric): readonly { readonly at: Instant }[] {
  return data.kind === "none" ? [] : data.points;
}

/** A point without an instant is as old as the newest of its export. */
function dated(measure: Measure, at: Instant): Measure {
  return measure.at === 0 ? { ...measure, at } : measure;
}
