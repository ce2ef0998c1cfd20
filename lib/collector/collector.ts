/**
 * The collector: the only writer of the monitor's state. Samples, deadlines and configuration come in,
 * changes go out; it knows neither HTTP nor sockets nor workers.
 *
 * @module
 */

import { compareStatus, type Status } from "@/lib/domain/status.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import { appliesTo } from "@/lib/domain/rule.ts";
import type { Sample } from "@/lib/domain/sample.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type {
  AlertQuery,
  IncomingSample,
  IngestResult,
  MonitorState,
} from "@/lib/ports/monitor.ts";
import type { Limits, MonitorConfig, ServiceConfig } from "@/lib/ports/monitor_config.ts";
import type { SampleSink } from "@/lib/ports/sample_source.ts";
import type { AlertView, DashboardView, ServiceView, WorkerView } from "@/lib/protocol/views.ts";

import { viewAlert } from "./alert_view.ts";
import { ChangeDraft } from "./change_draft.ts";
import { checkBatch } from "./check_batch.ts";
import { Deadlines } from "./deadlines.ts";
import { EndedAlerts } from "./ended_alerts.ts";
import { RateMeter } from "./rate_meter.ts";
import { type ServiceEffect, WatchedService } from "./watched_service.ts";

/** What a {@linkcode Collector} needs. */
export interface CollectorOptions {
  /** Tells the time; deadlines wait on it. */
  readonly clock: Clock;
  /** What to watch, and how. */
  readonly config: MonitorConfig;
  /** Takes each change, after the state has it. */
  readonly publish: (change: Change) => void;
}

/** What was counted since the start. */
export interface CollectorCounters {
  /** Samples accepted, late ones among them. */
  readonly accepted: number;
  /** Accepted samples that were older than the newest of their service, and moved nothing. */
  readonly late: number;
  /** Samples of refused batches. */
  readonly refused: number;
}

/** A difference between the clocks below this is drift, not a step, in milliseconds. */
const CLOCK_STEP_MS = 1_000;

/** How long a client should wait when there is no room for another service, in milliseconds. */
const FULL_RETRY_MS = 60_000;

/**
 * Holds all services. Every method works at once and never throws on input; a batch of samples counts whole
 * or not at all. At most `limits.services` services exist.
 */
export class Collector implements MonitorState, SampleSink {
  readonly #clock: Clock;
  readonly #publish: (change: Change) => void;
  readonly #services = new Map<string, WatchedService>();
  readonly #ended = new EndedAlerts();
  readonly #deadlines: Deadlines;
  readonly #rate: RateMeter;
  readonly #counters = { accepted: 0, late: 0, refused: 0 };
  #config: MonitorConfig;
  /** Wall clock less monotonic clock; it changes only when the wall clock is set. */
  #aheadMs: number;

  /** Begins with the services that configuration lists. */
  constructor({ clock, config, publish }: CollectorOptions) {
    this.#clock = clock;
    this.#config = config;
    this.#publish = publish;
    this.#aheadMs = clock.now() - clock.monotonicMs();
    this.#rate = new RateMeter(clock.now());
    this.#deadlines = new Deadlines({ clock, onDue: (names) => this.#passDeadlines(names) });
    const draft = this.#draft();
    for (const service of config.services) this.#reconfigure(service, draft);
  }

  metrics(): readonly Metric[] {
    return this.#config.metrics;
  }

  limits(): Limits {
    return this.#config.limits;
  }

  origins(): readonly string[] {
    return this.#config.origins;
  }

  ingest(samples: readonly IncomingSample[]): IngestResult {
    this.#watchClock();
    const now = this.#clock.now();
    const { issues, unknown } = checkBatch(samples, {
      now,
      config: this.#config,
      isKnown: (name) => this.#services.has(name),
    });
    if (issues.length > 0) return this.#refuse(samples, { kind: "invalid", issues });
    if (unknown.size > 0 && this.#services.size + unknown.size > this.#config.limits.services) {
      const reason =
        `no room for ${unknown.size} more services, limit ${this.#config.limits.services}`;
      return this.#refuse(samples, { kind: "full", reason, retryAfterMs: FULL_RETRY_MS });
    }
    this.#takeAll(samples);
    return { kind: "accepted", count: samples.length };
  }

  /** Takes a sample from inside the process; one that is refused is counted. */
  accept(sample: Sample): void {
    this.ingest([sample]);
  }

  /** Takes news of the worker behind a simulated service; nothing happens if there is no such service. */
  noteWorker(service: string, worker: WorkerView): void {
    const watched = this.#services.get(service);
    if (watched === undefined) return;
    const draft = this.#draft();
    watched.noteWorker(worker);
    draft.touch(service);
    this.#send(draft);
  }

  services(): readonly ServiceView[] {
    const now = this.#clock.now();
    return [...this.#services.values()]
      .map((service) => service.view(now))
      .sort((a, b) => compareStatus(a.status, b.status) || compareText(a.name, b.name));
  }

  service(name: string): ServiceView | undefined {
    return this.#services.get(name)?.view(this.#clock.now());
  }

  /** Returns an alert that is active or was kept after its end; `undefined` if there is none of that id. */
  alert(id: string): AlertView | undefined {
    // The name of the service stands between the first two colons of an id.
    const alerts = this.#services.get(id.split(":")[1] ?? "")?.state.alerts ?? {};
    const alert = Object.values(alerts).find((each) => each.id === id);
    return alert === undefined ? this.#ended.find(id) : viewAlert(alert);
  }

  alerts({ state, service, limit }: AlertQuery): readonly AlertView[] {
    const active = state === "resolved" ? [] : this.#activeAlerts();
    const resolved = state === "active" ? [] : this.#ended.resolved();
    return [...active, ...resolved]
      .filter((alert) => service === null || alert.service === service)
      .sort((a, b) => b.since - a.since || compareText(a.id, b.id))
      .slice(0, limit);
  }

  /** Returns all that the dashboard shows but the statistics. */
  dashboard(): Omit<DashboardView, "stats"> {
    return {
      at: this.#clock.now(),
      metrics: this.#config.metrics,
      services: this.services(),
      alerts: this.#activeAlerts(),
    };
  }

  /** Returns samples accepted per second, over the last ten seconds. */
  samplesPerSecond(): number {
    return this.#rate.perSecond(this.#clock.now());
  }

  /** Returns how many services have each status. */
  statusCounts(): Readonly<Record<Status, number>> {
    const counts = { HEALTHY: 0, DEGRADED: 0, DOWN: 0, UNKNOWN: 0 };
    for (const { state } of this.#services.values()) counts[state.status]++;
    return counts;
  }

  /** Returns what was counted since the start. */
  counters(): CollectorCounters {
    return { ...this.#counters };
  }

  /**
   * Takes a new configuration at once. Services that it no longer lists are gone; those that came by
   * themselves stay, under the new rules.
   */
  reconfigure(config: MonitorConfig): void {
    this.#watchClock();
    const draft = this.#draft();
    const listed = new Set(config.services.map((service) => service.name));
    for (const { name } of this.#config.services) {
      if (!listed.has(name)) this.#remove(name, draft);
    }
    this.#config = config;
    for (const service of config.services) this.#reconfigure(service, draft);
    for (const name of this.#services.keys()) {
      if (!listed.has(name)) this.#reconfigure(this.#unlisted(name), draft);
    }
    this.#send(draft);
  }

  /** Ends all waiting. The state can still be read. */
  stop(): void {
    this.#deadlines.stop();
  }

  #refuse(samples: readonly unknown[], result: IngestResult): IngestResult {
    this.#counters.refused += samples.length;
    return result;
  }

  #takeAll(samples: readonly IncomingSample[]): void {
    const draft = this.#draft();
    const now = this.#clock.now();
    const inOrder = samples.toSorted((a, b) => (a.at ?? now) - (b.at ?? now));
    for (const sample of inOrder) this.#take(sample, draft);
    this.#counters.accepted += samples.length;
    this.#rate.add(samples.length, now);
    this.#send(draft);
  }

  #take({ service, at, metrics }: IncomingSample, draft: ChangeDraft): void {
    const now = this.#clock.now();
    const watched = this.#services.get(service) ?? this.#add(this.#unlisted(service));
    const { newestAt } = watched.state;
    // Without an instant of its own a sample is news: two in one millisecond must not look like a repeat.
    const sample = { service, at: at ?? Math.max(now, (newestAt ?? 0) + 1), metrics };
    if (newestAt !== null && sample.at < newestAt) this.#counters.late++;
    this.#apply(service, watched.take(sample, now), draft);
  }

  /** A clock that was set is no passage of time: every service hears of it before anything else. */
  #watchClock(): void {
    const aheadMs = this.#clock.now() - this.#clock.monotonicMs();
    const byMs = aheadMs - this.#aheadMs;
    if (Math.abs(byMs) < CLOCK_STEP_MS) return;
    this.#aheadMs = aheadMs;
    const draft = this.#draft();
    const now = this.#clock.now();
    for (const [name, watched] of this.#services) {
      this.#apply(name, watched.moveClock(byMs, now), draft);
    }
    this.#send(draft);
  }

  #passDeadlines(names: readonly string[]): void {
    this.#watchClock();
    const draft = this.#draft();
    const now = this.#clock.now();
    for (const name of names) {
      const watched = this.#services.get(name);
      if (watched !== undefined) this.#apply(name, watched.settle(now), draft);
    }
    this.#send(draft);
  }

  #apply(name: string, effect: ServiceEffect, draft: ChangeDraft): void {
    for (const transition of effect.transitions) {
      if (transition.change === "resolved" || transition.change === "cancelled") {
        this.#ended.add(transition);
      }
    }
    draft.add(name, effect);
    this.#deadlines.set(name, effect.deadline);
  }

  #reconfigure(config: ServiceConfig, draft: ChangeDraft): void {
    const now = this.#clock.now();
    const watched = this.#services.get(config.name) ?? this.#add(config);
    this.#apply(config.name, watched.reconfigure(config, now), draft);
  }

  #add(config: ServiceConfig): WatchedService {
    const service = new WatchedService(config, this.#clock.now());
    this.#services.set(config.name, service);
    return service;
  }

  /** Its alerts are kept among the ended ones, with the reason. */
  #remove(name: string, draft: ChangeDraft): void {
    const ended = this.#services.get(name)?.reconfigure(
      { ...this.#unlisted(name), rules: [] },
      this.#clock.now(),
    );
    for (const transition of ended?.transitions ?? []) this.#ended.add(transition);
    this.#services.delete(name);
    this.#deadlines.set(name, null);
    draft.remove(name);
  }

  /** What applies to a service that came by itself. */
  #unlisted(name: string): ServiceConfig {
    const rules = this.#config.rules.filter((rule) => appliesTo(rule, name));
    return { name, tags: [], dependsOn: [], source: { kind: "push" }, rules };
  }

  #activeAlerts(): AlertView[] {
    return [...this.#services.values()]
      .flatMap(({ state }) => Object.values(state.alerts).map((alert) => viewAlert(alert)));
  }

  #draft(): ChangeDraft {
    return new ChangeDraft(this.#clock.monotonicMs());
  }

  #send(draft: ChangeDraft): void {
    if (!draft.isEmpty) this.#publish(draft.finish());
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
