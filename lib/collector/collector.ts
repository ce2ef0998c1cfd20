/**
 * The collector: the only writer of the monitor's state. Samples, deadlines and configuration come in,
 * changes go out; it knows neither HTTP nor sockets nor workers.
 *
 * @module
 */

import { allowSilence } from "@/lib/domain/allow_silence.ts";
import type { JobRun } from "@/lib/domain/job_run.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import { appliesTo } from "@/lib/domain/rule.ts";
import type { Transition } from "@/lib/domain/service.ts";
import { compareStatus, type Status } from "@/lib/domain/status.ts";
import type { ActResult } from "@/lib/ports/alert_desk.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import { Deadlines } from "@/lib/ports/deadlines.ts";
import type { JobState } from "@/lib/ports/job_desk.ts";
import { type Ledger, NO_LEDGER } from "@/lib/ports/ledger.ts";
import { FIRST_RUN, type RestoredState } from "@/lib/ports/restored_state.ts";
import type { FlappingFacts, IncidentSource } from "@/lib/ports/incident_source.ts";
import type {
  AlertQuery,
  ArrivalKind,
  IncomingSample,
  IngestResult,
  MonitorState,
} from "@/lib/ports/monitor.ts";
import type {
  Limits,
  MonitorConfig,
  ReadOrigins,
  ReceiverRoute,
  ServiceConfig,
} from "@/lib/ports/monitor_config.ts";
import type { SampleSink, SourceFailure, WorkerSink } from "@/lib/ports/sample_source.ts";
import type { ServiceOutline, StatusSource } from "@/lib/ports/status_source.ts";
import type {
  ActingFault,
  AlertView,
  DashboardView,
  ServiceReading,
  ServiceView,
  TransitionView,
  WorkerView,
} from "@/lib/protocol/views.ts";

import { AlertBoard, serviceOf } from "./alert_board.ts";
import { AlertRecords } from "./alert_records.ts";
import { ChangeDraft } from "./change_draft.ts";
import { checkBatch } from "./check_batch.ts";
import { Dependents } from "./dependents.ts";
import { Mutes } from "./mutes.ts";
import { RateMeter } from "./rate_meter.ts";
import { ServiceKeeper } from "./service_keeper.ts";
import { SilenceDesk } from "./silence_desk.ts";
import { type OperatorEvent, type ServiceEffect, WatchedService } from "./watched_service.ts";

/** What a {@linkcode Collector} needs. */
export interface CollectorOptions {
  /** Tells the time; deadlines wait on it. */
  readonly clock: Clock;
  /** What to watch, and how. */
  readonly config: MonitorConfig;
  /** Takes each change, after the state has it. */
  readonly publish: (change: Change) => void;
  /** Where all of it is written down. @default {NO_LEDGER} */
  readonly ledger?: Ledger;
  /** What an earlier run has left. @default {FIRST_RUN} */
  readonly restored?: RestoredState;
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

/** Owners of deadlines that no service has: names of services are without colons. */
const MUTES = ":mutes";
const WAITING = ":waiting:";

/** How long a client should wait when there is no room for another service, in milliseconds. */
const FULL_RETRY_MS = 60_000;

/**
 * Holds all services. Every method works at once and never throws on input; a batch of samples counts whole
 * or not at all. At most `limits.services` services exist.
 */
export class Collector
  implements MonitorState, SampleSink, WorkerSink, IncidentSource, JobState, StatusSource {
  /** What mutes alerts. */
  readonly silences: SilenceDesk;
  readonly #clock: Clock;
  readonly #publish: (change: Change) => void;
  readonly #ledger: Ledger;
  readonly #keeper: ServiceKeeper;
  readonly #services = new Map<string, WatchedService>();
  /** Of the services that came by themselves those that OpenTelemetry told of. */
  readonly #byOtlp = new Set<string>();
  readonly #records = new AlertRecords();
  readonly #dependents: Dependents;
  readonly #board: AlertBoard;
  readonly #deadlines: Deadlines;
  readonly #rate: RateMeter;
  readonly #counters = { accepted: 0, late: 0, refused: 0 };
  #config: MonitorConfig;
  /** Names of services that configuration lists. */
  #listed: ReadonlySet<string>;
  /** Wall clock less monotonic clock; it changes only when the wall clock is set. */
  #aheadMs: number;

  /** Begins with the services that configuration lists, and with what an earlier run has left. */
  constructor(options: CollectorOptions) {
    const { clock, config, publish, ledger = NO_LEDGER, restored = FIRST_RUN } = options;
    this.#clock = clock;
    this.#config = config;
    this.#listed = namesOf(config);
    this.#publish = publish;
    this.#ledger = ledger;
    this.#aheadMs = clock.now() - clock.monotonicMs();
    this.#rate = new RateMeter(clock.now());
    this.#deadlines = new Deadlines({ clock, onDue: (owners) => this.#passDeadlines(owners) });
    this.#dependents = new Dependents({
      stateOf: (name) => this.#services.get(name)?.state,
      graceMs: () => this.#config.alerting.parentGraceMs,
    });
    this.#keeper = new ServiceKeeper({
      ...{ clock, ledger },
      find: (name) => this.#services.get(name),
      isListed: (name) => this.#listed.has(name),
      arrivalOf: (name) => this.#byOtlp.has(name) ? "otlp" : "push",
      recoveredAt: (name) => this.#dependents.recoveredAt(name),
    });
    const mutes = new Mutes();
    this.#board = new AlertBoard({
      ...{ services: this.#services, mutes },
      ...{ dependents: this.#dependents, records: this.#records },
    });
    this.silences = new SilenceDesk({
      ...{ clock, mutes, ledger },
      matching: (matchers) => this.#board.matching(matchers),
      onChange: (touched) => this.#touchAll(touched),
      onNextChange: (at) => this.#deadlines.set(MUTES, at),
    });
    this.#restore(restored);
    this.#configure(this.#draft());
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

  readOrigins(): ReadOrigins {
    return this.#config.cors.origins;
  }

  routes(): readonly ReceiverRoute[] {
    return this.#config.receivers;
  }

  ingest(samples: readonly IncomingSample[], arrival: ArrivalKind = "push"): IngestResult {
    this.#watchClock();
    // What has passed comes first, whichever of sample and timer the event loop runs first.
    this.#deadlines.run();
    const now = this.#clock.now();
    const { issues, unknown } = checkBatch(samples, {
      now,
      config: this.#config,
      isKnown: (name) => this.isKnown(name),
    });
    if (issues.length > 0) return this.#refuse(samples, { kind: "invalid", issues });
    if (unknown.size > 0 && this.#services.size + unknown.size > this.#config.limits.services) {
      const reason =
        `no room for ${unknown.size} more services, limit ${this.#config.limits.services}`;
      return this.#refuse(samples, { kind: "full", reason, retryAfterMs: FULL_RETRY_MS });
    }
    if (arrival === "otlp") this.#noteOtlp(samples);
    this.#takeAll(samples);
    return { kind: "accepted", count: samples.length };
  }

  /** Takes a sample from inside the process; one that is refused is counted. */
  accept(sample: IncomingSample): IngestResult {
    return this.ingest([sample]);
  }

  /** Takes why a service could not be observed; nothing happens if there is no such service, or nothing new. */
  noteFailure(service: string, failure: SourceFailure | null): void {
    this.#watchClock();
    if (this.#services.get(service)?.isFailure(failure) ?? true) return;
    this.#touch(service, (watched, draft) => {
      watched.noteFailure(failure, this.#clock.now());
      // An alert about silence tells of it.
      const silent = Object.values(watched.state.alerts)
        .filter(({ rule }) => rule.kind === "missingHeartbeat");
      if (silent.length > 0) draft.addAlerts(service, silent.map(({ id }) => id));
    });
    // Why a run failed is shown until the next one succeeds, which may be in a month.
    if (this.maxRunMs(service) !== null) this.#keeper.keep(service);
  }

  jobs(): readonly string[] {
    return [...this.#services.keys()].filter((name) => this.maxRunMs(name) !== null);
  }

  maxRunMs(service: string): number | null {
    return this.#services.get(service)?.maxRunMs ?? null;
  }

  runsOf(service: string): readonly JobRun[] {
    this.#watchClock();
    return this.#services.get(service)?.runs ?? [];
  }

  noteRuns(service: string, runs: readonly JobRun[]): void {
    this.#touch(service, (watched) => watched.noteRuns(runs));
    this.#keeper.keep(service);
  }

  /** It is dated like the last word of the service, or just after if that had such a value itself. */
  conclude(service: string, metrics: Readonly<Record<string, number>>): void {
    const { newestAt, tails } = this.#services.get(service)?.state ?? { newestAt: null, tails: {} };
    if (newestAt === null) return;
    const isTaken = Object.keys(metrics).some((id) => tails[id]?.at(-1)?.at === newestAt);
    this.ingest([{ service, at: newestAt + (isTaken ? 1 : 0), metrics }]);
  }

  /** Takes news of the worker behind a simulated service; nothing happens if there is no such service. */
  noteWorker(service: string, worker: WorkerView): void {
    this.#touch(service, (watched) => watched.noteWorker(worker));
  }

  /** Takes which faults act on a simulated service; nothing happens if there is no such service. */
  noteFaults(service: string, faults: readonly ActingFault[]): void {
    this.#touch(service, (watched) => watched.noteFaults(faults));
  }

  services(): readonly ServiceView[] {
    const now = this.#clock.now();
    return [...this.#services.values()]
      .map((service) => service.view(now))
      .sort((a, b) => compareStatus(a.status, b.status) || compareText(a.name, b.name));
  }

  /** Tells whether there is a service of this name. */
  isKnown(name: string): boolean {
    return this.#services.has(name);
  }

  readings(): readonly ServiceReading[] {
    return [...this.#services.values()].map((service) => service.reading());
  }

  service(name: string): ServiceView | undefined {
    return this.#services.get(name)?.view(this.#clock.now());
  }

  alert(id: string): AlertView | undefined {
    return this.#board.find(id, this.#clock.now());
  }

  /** Returns an alert that has ended; for sure only until its end is published. */
  endedAlert(id: string): AlertView | undefined {
    return this.#records.find(id);
  }

  alerts(query: AlertQuery): readonly AlertView[] {
    return this.#board.list(query, this.#clock.now());
  }

  alertsOf(service: string): readonly AlertView[] {
    return this.#board.activeOf(service, this.#clock.now());
  }

  /** Returns the names of services with pending or firing alerts. */
  servicesWithAlerts(): string[] {
    return [...this.#services].flatMap(([name, { state }]) =>
      Object.keys(state.alerts).length === 0 ? [] : [name]
    );
  }

  flappingOf(service: string): readonly FlappingFacts[] {
    return this.#board.flapping(service, this.#clock.now());
  }

  tagsOf(service: string): readonly string[] {
    return this.#services.get(service)?.tags ?? [];
  }

  affectedBy(service: string): readonly string[] {
    return this.#dependents.childrenOf(service).filter((child) =>
      Object.values(this.#services.get(child)?.state.alerts ?? {})
        .some((alert) => alert.kind === "firing")
    );
  }

  /** Returns the steps in the life of an alert, oldest first; none if it is not kept. */
  steps(id: string): readonly TransitionView[] {
    return this.#records.steps(id);
  }

  /** Says that somebody is on an alert. */
  acknowledge(
    id: string,
    { by, note }: { readonly by: string; readonly note: string },
  ): ActResult<AlertView> {
    return this.#actOn(id, { kind: "acknowledge", alert: id, by, note });
  }

  /** Takes that back. */
  unacknowledge(id: string): ActResult<AlertView> {
    return this.#actOn(id, { kind: "unacknowledge", alert: id });
  }

  /** Says that what has changed so far does not count towards flapping, of some services. */
  steady(services: readonly string[]): void {
    this.#watchClock();
    const draft = this.#draft();
    for (const name of services) {
      const watched = this.#services.get(name);
      if (watched !== undefined) this.#apply(name, watched.steady(this.#clock.now()), draft);
    }
    this.#send(draft);
  }

  /** Returns all that the dashboard shows but the statistics. */
  dashboard(): Omit<DashboardView, "stats"> {
    const now = this.#clock.now();
    return {
      at: now,
      metrics: this.#config.metrics,
      services: this.services(),
      alerts: this.#board.active(now),
    };
  }

  /** Returns samples accepted per second, over the last ten seconds. */
  samplesPerSecond(): number {
    return this.#rate.perSecond(this.#clock.now());
  }

  outlines(): readonly ServiceOutline[] {
    return [...this.#services].map(([name, { tags, state: { status, since } }]) => {
      return { name, tags, status, since };
    });
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
    const before = this.#listed;
    this.#listed = namesOf(config);
    for (const name of before) {
      if (!this.#listed.has(name)) this.#remove(name, draft);
    }
    this.#config = config;
    this.#configure(draft);
    for (const name of this.#listed) if (!before.has(name)) this.#keeper.keep(name);
    // Tags, windows and dependencies may be others: whatever is active is looked at anew.
    for (const [name, { state }] of this.#services) {
      draft.addAlerts(name, Object.values(state.alerts).map(({ id }) => id));
    }
    this.#send(draft);
  }

  /** Ends all waiting. The state can still be read. */
  stop(): void {
    this.#deadlines.stop();
    this.#keeper.flush();
  }

  /** Nobody listens yet: whoever is told of alerts looks at all of them at the start. */
  #restore({ aliveAt, services, recent, transitions, silences }: RestoredState): void {
    for (const transition of transitions) this.#records.add(transition);
    this.silences.restore(silences);
    if (aliveAt === null) return;
    const draft = this.#draft();
    const now = this.#clock.now();
    const listed = new Map(this.#config.services.map((service) => [service.name, service]));
    for (const stored of services) {
      const { name } = stored;
      if (stored.arrival === "otlp" && !listed.has(name)) this.#byOtlp.add(name);
      const watched = this.#add(listed.get(name) ?? this.#unlisted(name));
      const { recoveredAt } = stored;
      // What is left of the grace after a recovery is left of it still: nobody looked meanwhile.
      this.#dependents.restore(name, recoveredAt && recoveredAt + now - aliveAt);
      const effect = watched.resume({ stored, recent: recent.get(name), aliveAt }, now);
      this.#apply(name, effect, draft);
      if (stored.listed && !listed.has(name)) this.#remove(name, draft);
    }
  }

  #configure(draft: ChangeDraft): void {
    const { services, maintenance } = this.#config;
    const listed = this.#listed;
    this.#dependents.reconfigure(services);
    for (const service of services) this.#reconfigure(service, draft);
    for (const name of this.#services.keys()) {
      if (!listed.has(name)) this.#reconfigure(this.#unlisted(name), draft);
    }
    for (const name of listed) this.#watchParents(name);
    this.silences.plan(maintenance);
  }

  #touch(service: string, act: (watched: WatchedService, draft: ChangeDraft) => void): void {
    const watched = this.#services.get(service);
    if (watched === undefined) return;
    const draft = this.#draft();
    act(watched, draft);
    draft.touch(service);
    this.#send(draft);
  }

  #refuse(samples: readonly unknown[], result: IngestResult): IngestResult {
    this.#counters.refused += samples.length;
    return result;
  }

  /** A service that exports once a minute cannot be heard of as often as one that pushes. */
  #noteOtlp(samples: readonly IncomingSample[]): void {
    const draft = this.#draft();
    for (const { service } of samples) {
      if (this.#listed.has(service) || this.#byOtlp.has(service)) continue;
      this.#byOtlp.add(service);
      if (!this.#services.has(service)) continue;
      this.#reconfigure(this.#unlisted(service), draft);
      draft.touch(service);
      this.#keeper.keep(service);
    }
    this.#send(draft);
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
    this.#ledger.addSample(sample);
    this.#apply(service, watched.take(sample, now), draft);
    for (const child of this.#dependents.noteSign(service)) this.#touchAlerts(child, draft);
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
      this.#keeper.keep(name);
    }
    this.#dependents.moveClock(byMs);
    this.#send(draft);
    this.silences.moveClock();
  }

  #passDeadlines(owners: readonly string[]): void {
    this.#watchClock();
    const draft = this.#draft();
    const now = this.#clock.now();
    for (const owner of owners) {
      const watched = this.#services.get(owner);
      if (watched !== undefined) this.#apply(owner, watched.settle(now), draft);
    }
    // What mutes or inhibits comes after what services do at the same instant, or it would be told of too soon.
    for (const owner of owners) {
      if (owner.startsWith(WAITING)) this.#touchAlerts(owner.slice(WAITING.length), draft);
    }
    if (owners.includes(MUTES)) this.silences.passTime();
    this.#send(draft);
  }

  #apply(name: string, effect: ServiceEffect, draft: ChangeDraft): void {
    for (const transition of effect.transitions) this.#note(transition, draft);
    draft.add(name, effect);
    this.#deadlines.set(name, effect.deadline);
    this.#keeper.note(name, effect);
    if (effect.alerts.length > 0) this.#watchParents(name);
  }

  #note(transition: Transition, draft: ChangeDraft): void {
    this.#ledger.addTransition(transition);
    switch (transition.kind) {
      case "alert":
        draft.addIncident(transition.service);
        return this.#records.add(transition);
      case "flapping":
        return draft.addIncident(transition.service);
      case "status":
        for (const child of this.#dependents.noteStatus(transition)) {
          this.#touchAlerts(child, draft);
        }
    }
  }

  /** Says that something around the alerts of a service may have changed. */
  #touchAlerts(service: string, draft: ChangeDraft): void {
    const alerts = Object.values(this.#services.get(service)?.state.alerts ?? {});
    draft.addAlerts(service, alerts.map(({ id }) => id));
    this.#watchParents(service);
  }

  #touchAll(alerts: ReadonlyMap<string, readonly string[]>): void {
    const draft = this.#draft();
    for (const [service, ids] of alerts) draft.addAlerts(service, ids);
    this.#send(draft);
  }

  #watchParents(service: string): void {
    if (!this.#dependents.hasParents(service)) return;
    const alerts = Object.values(this.#services.get(service)?.state.alerts ?? {});
    const now = this.#clock.now();
    const until = this.#dependents.watch(service, alerts.map(({ begunAt }) => begunAt), now);
    this.#deadlines.set(WAITING + service, until);
  }

  #actOn(id: string, event: OperatorEvent): ActResult<AlertView> {
    this.#watchClock();
    const service = serviceOf(id);
    const watched = this.#services.get(service);
    const isActive = Object.values(watched?.state.alerts ?? {}).some((each) => each.id === id);
    if (watched === undefined || !isActive) {
      if (this.#records.find(id) === undefined) return { kind: "unknown" };
      return { kind: "conflict", reason: "the alert has ended already" };
    }
    const draft = this.#draft();
    this.#apply(service, watched.act(event, this.#clock.now()), draft);
    this.#send(draft);
    const value = this.alert(id);
    return value === undefined ? { kind: "unknown" } : { kind: "done", value };
  }

  #reconfigure(config: ServiceConfig, draft: ChangeDraft): void {
    const now = this.#clock.now();
    const watched = this.#services.get(config.name) ?? this.#add(config);
    const { flapping } = this.#config.alerting;
    this.#apply(config.name, watched.reconfigure(config, flapping, now), draft);
  }

  #add(config: ServiceConfig): WatchedService {
    const service = new WatchedService(config, this.#config.alerting.flapping, this.#clock.now());
    this.#services.set(config.name, service);
    return service;
  }

  /** Its alerts are kept among the ended ones, with the reason. */
  #remove(name: string, draft: ChangeDraft): void {
    const bare = { ...this.#unlisted(name), rules: [] };
    const { flapping } = this.#config.alerting;
    const ended = this.#services.get(name)?.reconfigure(bare, flapping, this.#clock.now());
    for (const transition of ended?.transitions ?? []) this.#note(transition, draft);
    this.#services.delete(name);
    this.#byOtlp.delete(name);
    this.#deadlines.set(name, null);
    this.#deadlines.set(WAITING + name, null);
    this.#keeper.forget(name);
    draft.remove(name);
  }

  /** What applies to a service that came by itself. */
  #unlisted(name: string): ServiceConfig {
    const rules = this.#config.rules.filter((rule) => appliesTo(rule, name));
    const common = { name, tags: [], dependsOn: [] };
    if (!this.#byOtlp.has(name)) return { ...common, source: { kind: "push" }, rules };
    const source = this.#config.sources.otlp;
    return { ...common, source, rules: rules.map((rule) => allowSilence(rule, source.silenceMs)) };
  }

  #draft(): ChangeDraft {
    return new ChangeDraft(this.#clock.monotonicMs());
  }

  #send(draft: ChangeDraft): void {
    if (!draft.isEmpty) this.#publish(draft.finish());
    this.#records.trim();
  }
}

function namesOf({ services }: MonitorConfig): ReadonlySet<string> {
  return new Set(services.map(({ name }) => name));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
