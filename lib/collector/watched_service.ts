/**
 * One service as the collector holds it: the pure state of the domain, and beside it what is only shown.
 *
 * @module
 */

import type { FlapPolicy } from "@/lib/domain/flapping.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import { type JobRun, moveRuns, resumeRuns } from "@/lib/domain/job_run.ts";
import { MAX_FUTURE_MS, type Sample, type SeriesSample } from "@/lib/domain/sample.ts";
import { SeriesWindow } from "@/lib/domain/series_window.ts";
import { resumeService } from "@/lib/domain/resume.ts";
import {
  type ServiceEvent,
  type ServiceState,
  startService,
  step,
  type StepResult,
  type Transition,
} from "@/lib/domain/service.ts";
import {
  advanceStrip,
  markStrip,
  moveStrip,
  startStrip,
  type StatusStrip,
} from "@/lib/domain/status_strip.ts";
import type { RecentSamples } from "@/lib/ports/history.ts";
import type { ServiceConfig } from "@/lib/ports/monitor_config.ts";
import type { SourceFailure } from "@/lib/ports/sample_source.ts";
import { isSameSource } from "@/lib/ports/same_source.ts";
import type { StoredService } from "@/lib/protocol/stored_service.ts";
import { encodeTimes } from "@/lib/protocol/times.ts";
import type {
  ActingFault,
  JobRunView,
  MetricView,
  ServiceReading,
  ServiceView,
  SourceFailureView,
  SourceView,
  WorkerView,
} from "@/lib/protocol/views.ts";

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

/** What a service goes on from. */
export interface EarlierRun {
  /** What was kept of it. */
  readonly stored: StoredService;
  /** Its latest samples; `undefined` if it sent none. */
  readonly recent: RecentSamples | undefined;
  /** When the monitor was last known to be alive. */
  readonly aliveAt: Instant;
}

/** Holds one service. Only the collector changes it. */
export class WatchedService {
  #config: ServiceConfig;
  #state: ServiceState;
  #strip: StatusStrip;
  #worker: WorkerView = { state: "running", restarts: 0, reason: null };
  #faults: readonly ActingFault[] = [];
  #failure: SourceFailureView | null = null;
  #runs: readonly JobRun[] = [];
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

  /** How long a run may take, in milliseconds; `null` if it is no job. */
  get maxRunMs(): number | null {
    const { source } = this.#config;
    return source.kind === "heartbeat" ? source.maxRunMs : null;
  }

  /** Its runs that are under way, if it is a job. */
  get runs(): readonly JobRun[] {
    return this.#runs;
  }

  /** Why it could not be observed the last time; `null` if it could. */
  get failure(): SourceFailureView | null {
    return this.#failure;
  }

  /** Words to find it by. */
  get tags(): readonly string[] {
    return this.#config.tags;
  }

  /** Goes on from an earlier run, after which nothing was heard of it. Its first act, if it is one. */
  resume({ stored, recent, aliveAt }: EarlierRun, now: Instant): ServiceEffect {
    const { alerts, flaps, lastHeartbeat, newestAt, ...status } = stored.state;
    const { rules } = this.#state;
    const seenAt = recent === undefined ? null : Math.min(recent.newestAt, aliveAt);
    const tails = this.#refill(recent, aliveAt + MAX_FUTURE_MS);
    const before: ServiceState = {
      ...{ ...this.#state, ...status, alerts, tails },
      flaps: pickKeys(flaps, rules.map(({ name }) => name)),
      lastHeartbeat: latest(lastHeartbeat, seenAt),
      newestAt: latest(newestAt === null ? null : Math.min(newestAt, aliveAt), seenAt),
    };
    if (stored.job !== null && this.maxRunMs !== null) {
      this.#runs = resumeRuns(stored.job.runs, { aliveAt, now });
      this.#failure = moveFailure(stored.job.failure, Math.min(0, now - aliveAt));
    }
    const strip = advanceStrip(stored.strip, before.status, aliveAt);
    this.#strip = advanceStrip(moveStrip(strip, Math.min(0, now - aliveAt)), "UNKNOWN", now);
    return this.#accept(before, resumeService(before, { aliveAt, now }), now);
  }

  /** Returns what is to be kept of it. */
  stored(facts: Pick<StoredService, "listed" | "recoveredAt">): StoredService {
    const job = this.maxRunMs === null ? null : { runs: this.#runs, failure: this.#failure };
    return { name: this.#config.name, ...facts, state: this.#state, strip: this.#strip, job };
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
    this.#strip = moveStrip(this.#strip, byMs);
    this.#runs = moveRuns(this.#runs, byMs);
    this.#failure = moveFailure(this.#failure, byMs);
    return this.#step({ kind: "clock", byMs }, now);
  }

  /** Takes a new configuration of the same service. */
  reconfigure(config: ServiceConfig, flapPolicy: FlapPolicy, now: Instant): ServiceEffect {
    const wasJob = this.maxRunMs !== null;
    const isSame = isSameSource(config.source, this.#config.source);
    this.#config = config;
    const isJob = this.maxRunMs !== null;
    if (!isJob) this.#runs = [];
    // What was wrong with another source says nothing of this one; a job that is expected at other times is the same.
    if (!isSame && !(wasJob && isJob)) this.#failure = null;
    return this.#step({ kind: "rules", rules: config.rules, flapPolicy }, now);
  }

  /** Takes what an operator does about an alert. */
  act(event: OperatorEvent, now: Instant): ServiceEffect {
    return this.#step(event, now);
  }

  /** Takes that what has changed so far does not count towards flapping. */
  steady(now: Instant): ServiceEffect {
    return this.#step({ kind: "steady" }, now);
  }

  /** Takes news of the worker behind it. */
  noteWorker(worker: WorkerView): void {
    this.#worker = worker;
  }

  /** Tells whether this is what is known of its source already. */
  isFailure(failure: SourceFailure | null): boolean {
    return failure?.reason === this.#failure?.reason && failure?.detail === this.#failure?.detail;
  }

  /** Takes why it could not be observed; `null` once it can be. */
  noteFailure(failure: SourceFailure | null, now: Instant): void {
    const since = this.#failure?.since ?? now;
    this.#failure = failure && { reason: failure.reason, detail: failure.detail, since };
  }

  /** Takes which of its runs are under way. */
  noteRuns(runs: readonly JobRun[]): void {
    this.#runs = runs;
  }

  /** Takes which faults act on it. */
  noteFaults(faults: readonly ActingFault[]): void {
    this.#faults = faults;
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
      failure: this.#failure,
      status,
      since,
      lastHeartbeat,
      metrics: Object.fromEntries(metrics),
      alerts: Object.values(alerts).map((alert) => alert.id),
      flapping: flappingRules(this.#state),
      faults: this.#faults,
      strip: advanceStrip(this.#strip, status, now),
    };
  }

  /** Returns its latest values. */
  reading(): ServiceReading {
    const { name, tags, dependsOn } = this.#config;
    const { status, since, lastHeartbeat } = this.#state;
    const values: Record<string, number> = {};
    for (const [id, { last }] of this.#windows) if (last !== undefined) values[id] = last.value;
    const flapping = flappingRules(this.#state);
    const source = this.#viewSource();
    return { name, tags, dependsOn, source, status, since, lastHeartbeat, flapping, values };
  }

  #step(event: ServiceEvent, now: Instant): ServiceEffect {
    return this.#accept(this.#state, step(this.#state, event, now), now);
  }

  #accept(before: ServiceState, result: StepResult, now: Instant): ServiceEffect {
    const { state, transitions, deadline } = result;
    this.#state = state;
    this.#strip = markStrip(advanceStrip(this.#strip, before.status, now), state.status);
    const alerts = changedAlerts(before, state);
    return { points: NO_POINTS, transitions, alerts, deadline };
  }

  /** Fills the windows with what was kept, and returns the tails. */
  #refill(recent: RecentSamples | undefined, until: Instant): ServiceState["tails"] {
    // What is further ahead was dated before our clock was set back; it would make all that comes late.
    const series = Object.entries(recent?.series ?? {}).map(([id, samples]) =>
      [id, samples.filter(({ at }) => at <= until)] as const
    );
    for (const [id, samples] of series) {
      const window = this.#window(id);
      for (const sample of samples) window.push(sample);
    }
    return Object.fromEntries(series);
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
    const { source } = this.#config;
    switch (source.kind) {
      case "simulated":
        return { kind: source.kind, worker: this.#worker };
      case "push":
        return { kind: source.kind };
      case "probe":
      case "scrape":
      case "otlp":
        return { kind: source.kind, about: source.about };
      case "heartbeat":
        return { kind: source.kind, about: source.about, runs: this.#runs.map(viewRun) };
    }
  }
}

/** How long something has failed does not change with the clock. */
function moveFailure(failure: SourceFailureView | null, byMs: number): SourceFailureView | null {
  return failure && { ...failure, since: failure.since + byMs };
}

function viewRun({ id, startedAt }: JobRun): JobRunView {
  return { id, startedAt };
}

function latest(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? one ?? other : Math.max(one, other);
}

function pickKeys<Value>(
  record: Readonly<Record<string, Value>>,
  keys: readonly string[],
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
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
