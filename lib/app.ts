/**
 * The composition root: builds a whole monitor from its parts and joins them. It has no effect until
 * `start`, and any number of monitors can live in one process.
 *
 * @module
 */

import { AuditLog } from "@/lib/access/audit_log.ts";
import { DurationHistogram } from "@/lib/domain/duration_histogram.ts";
import { Housekeeping } from "@/lib/history/housekeeping.ts";
import { GroupCommit } from "@/lib/history/group_commit.ts";
import { Collector } from "@/lib/collector/collector.ts";
import { FaultKeeper } from "@/lib/fault_keeper.ts";
import { OperatorDesk } from "@/lib/operator_desk.ts";
import { assessHealth, type HistoryFacts } from "@/lib/health/assess.ts";
import { EventLoopDelay } from "@/lib/health/event_loop_delay.ts";
import { Hub } from "@/lib/live/hub.ts";
import type { HubLimits } from "@/lib/live/hub_limits.ts";
import type { MonitorCounts } from "@/lib/metrics/measurements.ts";
import type { AlertDesk } from "@/lib/ports/alert_desk.ts";
import type { AuditTrail } from "@/lib/ports/audit.ts";
import { Notifier } from "@/lib/notify/notifier.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { FaultDesk, FaultView } from "@/lib/ports/fault_desk.ts";
import type { History } from "@/lib/ports/history.ts";
import type { JobDesk } from "@/lib/ports/job_desk.ts";
import { type CommitGate, NO_LEDGER } from "@/lib/ports/ledger.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { HealthReporter } from "@/lib/ports/monitor.ts";
import type { MonitorConfig, ReceiverConfig } from "@/lib/ports/monitor_config.ts";
import type { Receiver } from "@/lib/ports/receiver.ts";
import type { OtlpIntake } from "@/lib/ports/otlp_intake.ts";
import { FIRST_RUN, type RestoredState } from "@/lib/ports/restored_state.ts";
import type { FailureSink, SampleSource, WorkerSink } from "@/lib/ports/sample_source.ts";
import type { ActingFault, NotificationView, WorkerView } from "@/lib/protocol/views.ts";
import { findMisfit } from "@/lib/scenario/find_misfit.ts";
import { ScenarioStage } from "@/lib/scenario/scenario_stage.ts";
import { FailureReports } from "@/lib/sources/failure_reports.ts";
import { JobKeeper } from "@/lib/sources/heartbeat/job_keeper.ts";
import { OtlpReceiver } from "@/lib/sources/otlp/otlp_receiver.ts";
import { RefusalLog } from "@/lib/sources/otlp/refusal_log.ts";
import { type CreateSource, SourceRunner } from "@/lib/sources/source_runner.ts";

/** A source of samples that runs one worker a service. */
export interface WorkerSource extends SampleSource<WorkerSink> {
  /** Returns the workers by service. */
  workers(): ReadonlyMap<string, WorkerView>;
  /** Makes a service that it simulates have these faults and no others, also before the start. */
  setFaults(service: string, faults: readonly Omit<FaultView, "id">[]): void;
  /** Says whether anything goes wrong by itself, also before the start; without a word it does. */
  setCalm(isCalm: boolean): void;
}

/** A service that a {@linkcode WorkerSource} simulates. */
export interface SimulatedService {
  /** Name of the service. */
  readonly name: string;
  /** Name of its profile. */
  readonly profile: string;
  /** Whole number; the same seed gives the same samples. */
  readonly seed: number;
}

/** What a monitor is built from. */
export interface MonitorOptions {
  /** The time of everything in the monitor. */
  readonly clock: Clock;
  /** Takes what is worth a line. */
  readonly log: Log;
  /** What to watch, and how. */
  readonly config: MonitorConfig;
  /** Version shown in health. */
  readonly version: string;
  /** Makes the source of the simulated services; it is not yet started. */
  readonly simulate: (services: readonly SimulatedService[]) => WorkerSource;
  /** Makes the source of a service that is observed; it has no effect yet. @default {() => null} */
  readonly createSource?: CreateSource;
  /** Makes the adapter of a receiver; it has no effect yet. */
  readonly createReceiver: (config: ReceiverConfig) => Receiver;
  /** Uniform in 0 to 1, 1 left out: for the pauses between attempts to deliver. */
  readonly random: () => number;
  /** Where people reach this monitor, without a slash at the end; `null` if it is not known. */
  readonly origin: () => string | null;
  /** Tells what is wrong with the configuration file, in words; `null` if nothing. */
  readonly configProblem?: () => string | null;
  /** Where everything is kept, already open; it is closed with the monitor. Without it all ends with the process. */
  readonly history?: History;
  /** What an earlier run has left in it. @default {FIRST_RUN} */
  readonly restored?: RestoredState;
  /** Bounds of the live hub that differ from its defaults. */
  readonly hubLimits?: Partial<HubLimits>;
}

/** A whole monitor. */
export interface Monitor extends HealthReporter {
  /** The state, and the only door to change it. */
  readonly collector: Collector;
  /** Shows the state to all that follow it. */
  readonly hub: Hub;
  /** Tells receivers of incidents. */
  readonly notifier: Notifier;
  /** What operators do, and what they read. */
  readonly desk: AlertDesk;
  /** Tells simulated services to misbehave. */
  readonly faults: FaultDesk;
  /** Plays scenarios. */
  readonly scenarios: ScenarioStage;
  /** Takes why services could not be observed, from whatever takes samples. */
  readonly failures: FailureSink;
  /** Takes what jobs say of their runs. */
  readonly jobs: JobDesk;
  /** Takes what OpenTelemetry sends. */
  readonly otlp: OtlpIntake;
  /** Tells when what was done is written down. */
  readonly gate: CommitGate;
  /** Returns what its parts count. */
  counts(): MonitorCounts;
  /** What operators did. */
  readonly audit: AuditTrail;
  /** Begins; a second call does nothing. */
  start(): void;
  /** Has nothing go wrong by itself, until a scenario ends. */
  calm(): void;
  /**
   * Takes a new configuration, whole or not at all.
   *
   * @throws {RangeError} If a simulated service has a profile that does not exist.
   */
  reconfigure(config: MonitorConfig): Promise<void>;
  /** Ends: no more samples, live connections closed with 1012. A second call awaits the first. */
  stop(): Promise<void>;
}

/** Returns a monitor that is not yet started. */
export function createMonitor(options: MonitorOptions): Monitor {
  const { clock, log, config, history, restored = FIRST_RUN } = options;
  const storage = history && {
    history,
    ledger: new GroupCommit({ clock, log, history }),
    housekeeping: new Housekeeping({ clock, log, history }),
  };
  const ledger = storage?.ledger ?? NO_LEDGER;
  const decisions = new DurationHistogram();
  const collector: Collector = new Collector({
    ...{ clock, config, ledger, restored },
    publish: (change) => {
      decisions.record(clock.monotonicMs() - change.acceptedAtMs);
      hub.publish(change);
      notifier.publish(change);
      monitor.scenarios.publish(change);
    },
  });
  const hub: Hub = new Hub({
    ...{ clock, log, source: collector, limits: options.hubLimits ?? {} },
    scenario: () => monitor.scenarios.shown(),
  });
  const notifier = new Notifier({
    ...{ clock, log, source: collector, receivers: config.receivers },
    ...{ random: options.random, createReceiver: options.createReceiver, ledger, restored },
    linkTo: (alert) => linkTo(options.origin(), alert),
    limits: { queue: Math.max(LEAST_QUEUE, 2 * config.limits.services) },
  });
  const audit = new AuditLog({ clock, log, ledger, restored: restored.audit });
  const monitor: Monitor = new RunningMonitor(options, {
    ...{ collector, hub, notifier, storage, decisions, audit },
  });
  return monitor;
}

/** So many entries of the notification log are looked at for a scenario. */
const COUNTED_NOTIFICATIONS = 200;

/** How many messages may wait for a receiver at least; else two for each service that may exist. */
const LEAST_QUEUE = 1_000;

/** Ids are of characters that need no escapes in a path. */
function linkTo(origin: string | null, alert: string | null): string | null {
  if (origin === null) return null;
  return alert === null ? `${origin}/alerts` : `${origin}/alerts/${alert}`;
}

interface Parts {
  readonly collector: Collector;
  readonly hub: Hub;
  readonly notifier: Notifier;
  readonly storage: Storage | undefined;
  /** From the acceptance of samples to the change that follows from them. */
  readonly decisions: DurationHistogram;
  readonly audit: AuditTrail;
}

/** What keeps the state beyond the process. */
interface Storage {
  readonly history: History;
  readonly ledger: GroupCommit;
  readonly housekeeping: Housekeeping;
}

class RunningMonitor implements Monitor {
  readonly collector: Collector;
  readonly hub: Hub;
  readonly notifier: Notifier;
  readonly desk: AlertDesk;
  readonly faults: FaultKeeper;
  readonly scenarios: ScenarioStage;
  readonly failures: FailureReports;
  readonly jobs: JobKeeper;
  readonly otlp: OtlpReceiver;
  readonly gate: CommitGate;
  readonly #runner: SourceRunner;
  readonly audit: AuditTrail;
  readonly #storage: Storage | undefined;
  readonly #decisions: DurationHistogram;
  readonly #options: MonitorOptions;
  readonly #startedAtMs: number;
  readonly #loop: EventLoopDelay;
  #config: MonitorConfig;
  /** Whether services have no trouble of their own. */
  #isCalm = false;
  #simulated: readonly SimulatedService[];
  #source: WorkerSource;
  #life: "ready" | "running" | "stopped" = "ready";
  #stopping: Promise<void> | undefined;

  constructor(options: MonitorOptions, parts: Parts) {
    this.collector = parts.collector;
    this.hub = parts.hub;
    this.notifier = parts.notifier;
    this.desk = new OperatorDesk(parts);
    this.gate = parts.storage?.ledger ?? NO_LEDGER;
    this.audit = parts.audit;
    this.#storage = parts.storage;
    this.#decisions = parts.decisions;
    this.#options = options;
    this.#startedAtMs = options.clock.monotonicMs();
    this.#loop = new EventLoopDelay(options.clock);
    this.#config = options.config;
    this.#simulated = simulatedServices(options.config);
    this.#source = options.simulate(this.#simulated);
    const { clock, log, createSource = () => null } = options;
    this.#runner = new SourceRunner(createSource, options.config.services);
    this.failures = new FailureReports({ clock, log, sink: this.collector });
    this.jobs = new JobKeeper({ clock, state: this.collector, failures: this.failures });
    this.otlp = new OtlpReceiver({
      ...{ clock, config: options.config, failures: this.failures },
      ingest: (samples) => this.collector.ingest(samples, "otlp"),
      isKnown: (service) => this.collector.isKnown(service),
      refusals: new RefusalLog({ clock, log }),
    });
    this.faults = new FaultKeeper({
      clock: options.clock,
      sourceOf: (service) => this.collector.service(service)?.source.kind,
      setFaults: (service, faults) => this.#source.setFaults(service, faults),
      onChange: (service, faults) => this.collector.noteFaults(service, faults.map(showFault)),
    });
    this.scenarios = this.#buildStage(options);
  }

  start(): void {
    if (this.#life !== "ready") return;
    this.#life = "running";
    this.#loop.start();
    this.#storage?.housekeeping.start();
    this.notifier.start(this.collector.servicesWithAlerts());
    this.jobs.follow();
    this.#source.start(this.collector);
    this.#runner.start({
      accept: (sample) => this.collector.accept(sample),
      noteFailure: (service, failure) => this.failures.noteFailure(service, failure),
    });
  }

  calm(): void {
    this.#setCalm(true);
  }

  async reconfigure(config: MonitorConfig): Promise<void> {
    const simulated = simulatedServices(config);
    const changed = JSON.stringify(simulated) !== JSON.stringify(this.#simulated);
    // Made first: a profile that does not exist must be found before anything has changed.
    const source = changed ? this.#options.simulate(simulated) : this.#source;
    const before = this.#source;
    this.#source = source;
    this.#config = config;
    this.#simulated = simulated;
    source.setCalm(this.#isCalm);
    const rewired = this.notifier.reconfigure(config.receivers);
    this.collector.reconfigure(config);
    this.otlp.reconfigure(config);
    const observed = this.#runner.reconfigure(config.services);
    this.faults.reconfigure();
    this.jobs.follow();
    this.hub.refresh();
    this.#retain(config);
    await Promise.all([rewired, observed]);
    if (!changed) return;
    await before.stop();
    if (this.#life === "running" && this.#source === source) source.start(this.collector);
  }

  health(): ReturnType<HealthReporter["health"]> {
    return assessHealth({
      version: this.#options.version,
      uptimeMs: this.#options.clock.monotonicMs() - this.#startedAtMs,
      running: this.#life === "running",
      samplesPerSecond: this.collector.samplesPerSecond(),
      workers: this.#source.workers(),
      loopDelayMs: this.#loop.worstMs,
      receivers: this.notifier.receivers(),
      history: this.#historyFacts(),
      configProblem: this.#options.configProblem?.() ?? null,
      statusCounts: this.collector.statusCounts(),
    });
  }

  counts(): MonitorCounts {
    return {
      collector: this.collector.counters(),
      hub: this.hub.counters(),
      live: this.hub.stats(),
      decision: this.#decisions.read(),
      delivery: this.hub.deliveries(),
      history: this.#historyCounts(),
      loopDelayMs: this.#loop.worstMs,
    };
  }

  #historyCounts(): MonitorCounts["history"] {
    const facts = this.#historyFacts();
    if (this.#storage === undefined || facts === null) return null;
    const { waitingSamples, problem } = facts;
    return { ...this.#storage.ledger.counters(), waitingSamples, isWorking: problem === null };
  }

  #buildStage({ clock }: MonitorOptions): ScenarioStage {
    return new ScenarioStage({
      ...{ clock, faults: this.faults },
      source: {
        service: (name) => this.collector.service(name),
        alert: (id) => this.collector.alert(id) ?? this.collector.endedAlert(id),
        notifications: () => this.#countedNotifications(),
      },
      misfit: (scenario) => findMisfit(scenario, this.#config),
      isTold: () => this.#config.receivers.some(isForEverything),
      setCalm: (isCalm) => this.#setCalm(isCalm),
      steady: (services) => this.collector.steady(services),
      onChange: () => this.hub.noteStats(),
    });
  }

  #setCalm(isCalm: boolean): void {
    this.#isCalm = isCalm;
    this.#source.setCalm(isCalm);
  }

  /** Of several receivers the first one counts that is told of everything. */
  #countedNotifications(): readonly NotificationView[] {
    const receiver = this.#config.receivers.find(isForEverything)?.name;
    if (receiver === undefined) return [];
    const all = { service: null, alert: null, state: null, before: null };
    return this.desk.notifications({ receiver, ...all, limit: COUNTED_NOTIFICATIONS });
  }

  #retain({ history: { retention } }: MonitorConfig): void {
    this.#storage?.history.retain(retention).catch((error) => {
      this.#options.log.warn("retention not changed", { reason: String(error) });
    });
  }

  #historyFacts(): HistoryFacts | null {
    if (this.#storage === undefined) return null;
    const { ledger, housekeeping } = this.#storage;
    return {
      problem: ledger.problem ?? housekeeping.problem,
      waitingSamples: ledger.waitingSamples,
      lostSamples: ledger.counters().lostSamples,
    };
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Undoes the start in reverse order. */
  async #stop(): Promise<void> {
    this.#life = "stopped";
    this.scenarios.close();
    this.hub.stop();
    this.faults.stop();
    this.jobs.stop();
    await Promise.all([this.#source.stop(), this.#runner.stop(), this.notifier.stop()]);
    this.#loop.stop();
    this.collector.stop();
    await this.#closeHistory();
  }

  async #closeHistory(): Promise<void> {
    if (this.#storage === undefined) return;
    const { ledger, housekeeping, history } = this.#storage;
    await housekeeping.stop();
    await ledger.stop();
    await history.close().catch((error) => {
      this.#options.log.warn("history not closed", { reason: String(error) });
    });
  }
}

function isForEverything({ matcher, minSeverity }: ReceiverConfig): boolean {
  return minSeverity === "warning" && Object.values(matcher).every((each) => each === null);
}

function showFault({ id, kind, startedAt, durationMs }: FaultView): ActingFault {
  return { id, kind, startedAt, durationMs };
}

function simulatedServices(config: MonitorConfig): SimulatedService[] {
  return config.services.flatMap(({ name, source }) =>
    source.kind === "simulated" ? [{ name, profile: source.profile, seed: source.seed }] : []
  );
}
