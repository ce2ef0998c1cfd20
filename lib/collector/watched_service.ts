/**
 * One service as the collector holds it: the pure state of the domain, and beside it what is only shown.
 *
 * @module
 */

import type { FlapPolicy } from "@/lib/domain/flapping.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Sample, SeriesSample } from "@/lib/domain/sample.ts";
import { SeriesWindow } from "@/lib/domain/series_window.ts";
import {
  type ServiceEvent,
  type ServiceState,
  startService,
  step,
  type Transition,
} from "@/lib/domain/service.ts";
import {
  advanceStrip,
  markStrip,
  startStrip,
  type StatusStrip,
} from "@/lib/domain/status_strip.ts";
import type { ServiceConfig } from "@/lib/ports/monitor_config.ts";
import { encodeTimes } from "@/lib/protocol/times.ts";
import type { MetricView, ServiceView, SourceView, WorkerView } from "@/lib/protocol/views.ts";

/** The effect of an event on a service. */
export interface ServiceEffect {
  /** New samples by metric id. */
  readonly points: ReadonlyMap<string, readonly SeriesSample[]>;
  /** What was decided, in order. */
  readonly transitions: readonly Transition[];
  /** Ids of alerts that changed in any way. */
  readonly alerts: readonly string[];
  /** When the next deadline is due; `null` for never. */
  readonly deadline: Instant | null;
}

/** An act of an operator. */
export type OperatorEvent = Extract<ServiceEvent, { kind: "acknowledge" | "unacknowledge" }>;

const NO_POINTS: ReadonlyMap<string, readonly SeriesSample[]> = new Map();

/** Holds one service. Only the collector changes it. */
export class WatchedService {
  #config: ServiceConfig;
  #state: ServiceState;
  #strip: StatusStrip;
  #worker: WorkerView = { state: "running", restarts: 0, reason: null };
  readonly #windows = new Map<string, SeriesWindow>();

  /** Begins with what configuration says; nothing was heard of it yet. */
  constructor(config: ServiceConfig, flapPolicy: FlapPolicy, now: Instant) {
    this.#config = config;
    this.#state = { ...startService(config.name, config.rules, now), flapPolicy };
    this.#strip = startStrip(this.#state.status, now);
  }

  /** The domain's state. */
  get state(): ServiceState {
    return this.#state;
  }

  /** Words to find it by. */
  get tags(): readonly string[] {
    return this.#config.tags;
  }

  /** Takes a sample. */
  take(sample: Sample, now: Instant): ServiceEffect {
    const before = this.#state.tails;
    const effect = this.#step({ kind: "sample", sample }, now);
    return { ...effect, points: this.#store(sample, before) };
  }

  /** Lets time pass to `now`. */
  settle(now: Instant): ServiceEffect {
    return this.#step({ kind: "deadline" }, now);
  }

  /** Takes that our clock was set by `byMs`. */
  moveClock(byMs: number, now: Instant): ServiceEffect {
    const { from, stepMs } = this.#strip;
    this.#strip = { ...this.#strip, from: from + Math.round(byMs / stepMs) * stepMs };
    return this.#step({ kind: "clock", byMs }, now);
  }

  /** Takes a new configuration of the same service. */
  reconfigure(config: ServiceConfig, flapPolicy: FlapPolicy, now: Instant): ServiceEffect {
    this.#config = config;
    return this.#step({ kind: "rules", rules: config.rules, flapPolicy }, now);
  }

  /** Takes what an operator does about an alert. */
  act(event: OperatorEvent, now: Instant): ServiceEffect {
    return this.#step(event, now);
  }

  /** Takes news of the worker behind it. */
  noteWorker(worker: WorkerView): void {
    this.#worker = worker;
  }

  /** Returns it as it is shown at `now`. */
  view(now: Instant): ServiceView {
    const { name, tags, dependsOn } = this.#config;
    const { status, since, lastHeartbeat, alerts } = this.#state;
    const metrics = [...this.#windows].map(([id, window]) => [id, this.#viewMetric(id, window)]);
    return {
      name,
      tags,
      dependsOn,
      source: this.#viewSource(),
      status,
      since,
      lastHeartbeat,
      metrics: Object.fromEntries(metrics),
      alerts: Object.values(alerts).map((alert) => alert.id),
      flapping: flappingRules(this.#state),
      strip: advanceStrip(this.#strip, status, now),
    };
  }

  #step(event: ServiceEvent, now: Instant): ServiceEffect {
    const before = this.#state;
    const { state, transitions, deadline } = step(before, event, now);
    this.#state = state;
    this.#strip = markStrip(advanceStrip(this.#strip, before.status, now), state.status);
    const alerts = changedAlerts(before, state);
    return { points: NO_POINTS, transitions, alerts, deadline };
  }

  /** Keeps those values that the domain took for news. */
  #store({ at, metrics }: Sample, before: ServiceState["tails"]): ServiceEffect["points"] {
    const points = new Map<string, readonly SeriesSample[]>();
    for (const [id, value] of Object.entries(metrics)) {
      if (this.#state.tails[id] === before[id]) continue;
      this.#window(id).push({ at, value });
      points.set(id, [{ at, value }]);
    }
    return points;
  }

  #window(id: string): SeriesWindow {
    const known = this.#windows.get(id);
    if (known !== undefined) return known;
    const window = new SeriesWindow();
    this.#windows.set(id, window);
    return window;
  }

  #viewMetric(id: string, window: SeriesWindow): MetricView {
    const samples = window.samples();
    return {
      value: window.last?.value ?? 0,
      avg: Math.round(window.mean * 1_000) / 1_000,
      min: window.min,
      max: window.max,
      limit: this.#limitOf(id),
      breach: this.#isBreached(id),
      recent: samples.map((sample) => sample.value),
      times: encodeTimes(samples.map((sample) => sample.at)),
    };
  }

  #limitOf(metric: string): number | null {
    for (const rule of this.#config.rules) {
      if (rule.kind === "threshold" && rule.metric.id === metric) return rule.limit;
    }
    return null;
  }

  #isBreached(metric: string): boolean {
    return Object.values(this.#state.alerts).some(({ rule }) =>
      rule.kind === "threshold" && rule.metric.id === metric
    );
  }

  #viewSource(): SourceView {
    const { kind } = this.#config.source;
    switch (kind) {
      case "simulated":
        return { kind, worker: this.#worker };
      case "push":
        return { kind };
    }
  }
}

function flappingRules({ flaps }: ServiceState): string[] {
  return Object.entries(flaps).flatMap(([rule, { since }]) => since === null ? [] : [rule]);
}

function changedAlerts(before: ServiceState, after: ServiceState): string[] {
  if (before.alerts === after.alerts && before.flaps === after.flaps) return [];
  const ids = new Set<string>();
  for (const [rule, alert] of Object.entries(after.alerts)) {
    if (before.flaps[rule] !== after.flaps[rule]) ids.add(alert.id);
  }
  for (const [one, other] of [[before, after], [after, before]] as const) {
    for (const [rule, alert] of Object.entries(one.alerts)) {
      if (other.alerts[rule] !== alert) ids.add(alert.id);
    }
  }
  return [...ids];
}
