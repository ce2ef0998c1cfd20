/**
 * Takes what OpenTelemetry exporters send, and hands it on as samples of services.
 *
 * @module
 */

import type { Metric } from "@/lib/domain/metric.ts";
import { countPoints, type OtlpExport, type OtlpResource } from "@/lib/domain/otlp/otlp_export.ts";
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
import { newestAt, readMetrics, type ReadOptions, VALUE_LIMITS } from "./read_metrics.ts";
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

/** How often is looked for services that are silent, in milliseconds. */
const SWEEP_MS = 60_000;

/** A difference between the clocks below this is drift, not a step, in milliseconds. */
const CLOCK_STEP_MS = 1_000;

/** What became of one resource. */
interface Verdict {
  readonly rejected: number;
  /** What was wrong, if only that a value could not be computed. */
  readonly failure: SourceFailure | null;
}

type Room = Pick<ReadOptions, "room" | "limit">;

const GOOD: Verdict = { rejected: 0, failure: null };

/** Holds what was exported lately, bounded by {@linkcode VALUE_LIMITS}. */
export class OtlpReceiver implements OtlpIntake {
  readonly #options: OtlpReceiverOptions;
  readonly #services = new Map<string, ObservedService>();
  /** Sources of listed services, by name. */
  #listed: ReadonlyMap<string, OtlpConfig> = new Map();
  /** Kinds of source of all other listed services, by name. */
  #others: ReadonlyMap<string, string> = new Map();
  #metrics: ReadonlyMap<string, Metric> = new Map();
  /** The source of all others. */
  #unlisted: OtlpConfig;
  #valueCount = 0;
  #sweptAtMs = 0;
  /** Wall clock less monotonic clock; it changes only when the wall clock is set. */
  #aheadMs: number;

  /** Begins with nothing. */
  constructor(options: OtlpReceiverOptions) {
    this.#options = options;
    this.#unlisted = options.config.sources.otlp;
    this.#aheadMs = options.clock.now() - options.clock.monotonicMs();
    this.reconfigure(options.config);
  }

  /** Takes other services. Those whose source has changed begin anew with their next export. */
  reconfigure({ services, metrics, sources }: MonitorConfig): void {
    const listed = services.flatMap(({ name, source }) => {
      return source.kind === "otlp" ? [[name, source] as const] : [];
    });
    this.#listed = new Map(listed);
    this.#others = new Map(
      services.filter(({ source }) => source.kind !== "otlp").map((service) => {
        return [service.name, service.source.kind];
      }),
    );
    this.#metrics = new Map(metrics.map((metric) => [metric.id, metric]));
    this.#unlisted = sources.otlp;
    for (const [name, service] of this.#services) {
      if (!isSameSource(service.config, this.#configOf(name))) this.#forget(name, service);
    }
  }

  take({ resources }: OtlpExport, sender: OtlpSender): OtlpOutcome {
    this.#watchClock();
    this.#sweep();
    let rejectedPoints = 0;
    const problems: string[] = [];
    for (const resource of resources) {
      const { rejected, failure } = this.#takeResource(resource, sender);
      rejectedPoints += rejected;
      if (failure !== null) problems.push(failure.detail);
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
    if (points === 0) return GOOD;
    const named = nameOf(resource, sender);
    if (named.kind === "nameless") {
      this.#options.refusals.note(sender.address, named.problem);
      return reject(points, named.problem);
    }
    const { service } = named;
    const { rejected, failure } = this.#takeExport(resource, { service, points });
    this.#tell(service, sender, failure);
    if (failure === null) return { rejected, failure };
    // The card knows whose it is; an exporter may send many services.
    const detail = `${failure.detail} (service "${service}")`;
    return { rejected, failure: { ...failure, detail } };
  }

  /** What is said of a service that is not there would never be seen. */
  #tell(service: string, { address }: OtlpSender, failure: SourceFailure | null): void {
    const { failures, isKnown, refusals } = this.#options;
    if (isKnown(service)) failures.noteFailure(service, failure);
    else if (failure !== null) refusals.note(address, `${failure.detail} (service "${service}")`);
  }

  #takeExport(
    resource: OtlpResource,
    { service, points }: { readonly service: string; readonly points: number },
  ): Verdict {
    const now = this.#options.clock.now();
    const at = newestAt(resource) || now;
    if (at - now > MAX_FUTURE_MS) {
      const ahead = Math.round((at - now) / 1_000);
      return reject(points, `Cannot take what is dated ${ahead} s ahead; set the sender's clock`);
    }
    const observed = this.#services.get(service) ?? new ObservedService(this.#configOf(service));
    const wants = (name: string) => observed.wants(name);
    const read = readMetrics(resource, { wants, ...this.#roomFor(observed, resource), at });
    if (read.rejected === points) return reject(points, read.problem);
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
    if (refusal === null) this.#services.set(service, observed);
    // What is kept of a service that was there counts, whether or not its sample was taken.
    if (this.#services.has(service)) this.#valueCount += observed.valueCount - before;
    if (refusal !== null) return reject(points, refusal);
    if (read.problem !== null) return reject(read.rejected, read.problem);
    const problem = computed.problem ?? fitted.problem;
    if (problem !== null) return warn("expression", problem);
    const other = this.#others.get(service);
    return other === undefined ? GOOD : warn("source", explainOther(other));
  }

  /** What the same instance sent before makes room for what it sends now. */
  #roomFor(observed: ObservedService, { attributes }: OtlpResource): Room {
    const { ofService, ofAll } = VALUE_LIMITS;
    const beside = observed.valueCountBeside(attributes);
    const own = observed.valueCount - beside;
    const [room, roomOfAll] = [ofService - beside, ofAll - this.#valueCount + own];
    return room <= roomOfAll
      ? { room, limit: `${ofService} values of a service` }
      : { room: roomOfAll, limit: `${ofAll} values of all services` };
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

  /** Senders on this machine now date what they send back; else none of it would be news for as long. */
  #watchClock(): void {
    const { clock } = this.#options;
    const aheadMs = clock.now() - clock.monotonicMs();
    const byMs = aheadMs - this.#aheadMs;
    if (Math.abs(byMs) < CLOCK_STEP_MS) return;
    this.#aheadMs = aheadMs;
    if (byMs > 0) return;
    this.#services.clear();
    this.#valueCount = 0;
  }

  #forget(name: string, { valueCount }: ObservedService): void {
    this.#services.delete(name);
    this.#valueCount -= valueCount;
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

function reject(rejected: number, problem: string | null): Verdict {
  return { rejected, failure: problem === null ? null : { reason: "rejected", detail: problem } };
}

/** All was taken, and something is wrong all the same. */
function warn(reason: string, detail: string): Verdict {
  return { rejected: 0, failure: { reason, detail } };
}

/** Such a service is DOWN between its exports, as it is heard of less often than its source is. */
function explainOther(kind: string): string {
  return `It is configured with the source "${kind}", and exports over OTLP; ` +
    'give it "source": { "kind": "otlp" }';
}
