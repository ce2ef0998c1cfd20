/**
 * The web application over fakes, as a server would have it.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

import { assertEquals } from "@std/assert";
import type { App } from "fresh";
import { Builder } from "fresh/dev";

import { AccessDesk } from "@/lib/access/access_desk.ts";
import { AuditLog } from "@/lib/access/audit_log.ts";
import { DurationHistogram } from "@/lib/domain/duration_histogram.ts";
import { FaultKeeper } from "@/lib/fault_keeper.ts";
import { Hub } from "@/lib/live/hub.ts";
import type { MonitorCounts } from "@/lib/metrics/measurements.ts";
import type { JobDesk, RunEnd } from "@/lib/ports/job_desk.ts";
import { type CommitGate, type CommitResult, NO_LEDGER } from "@/lib/ports/ledger.ts";
import type { Log, LogFields } from "@/lib/ports/log.ts";
import type { AuthConfig, MonitorConfig } from "@/lib/ports/monitor_config.ts";
import { type ScenarioOffer, ScenarioStage } from "@/lib/scenario/scenario_stage.ts";
import type { Health } from "@/lib/protocol/health.ts";
import type { IngestResult } from "@/lib/ports/monitor.ts";
import type { SourceFailure } from "@/lib/ports/sample_source.ts";
import type { OtlpExport } from "@/lib/domain/otlp/otlp_export.ts";
import type { OtlpIntake, OtlpOutcome, OtlpSender } from "@/lib/ports/otlp_intake.ts";
import { Secret } from "@/lib/ports/secret.ts";
import { StatusBoard } from "@/lib/status_page/status_board.ts";
import { FakeMonitor as FakeSource } from "@/tests/live/fake_monitor.ts";
import { FakeLog } from "@/tests/live/fake_peer.ts";
import { FakeDesk } from "@/tests/routes/fake_desk.ts";
import { FakeMonitor } from "@/tests/routes/fake_monitor.ts";
import { configOf } from "@/tests/support/config.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { FakeHistory } from "@/tests/support/fake_history.ts";
import type { State } from "@/utils.ts";
import { createWebApp } from "@/web_app.ts";

/** Where requests seem to go. */
export const ORIGIN = "http://127.0.0.1:8000";

/** The build of the project: made by the first test that needs it, the same for all applications. */
const builds: ((app: App<State>) => void)[] = [];

/** An application and what is behind it. */
export interface Web {
  readonly monitor: FakeMonitor;
  readonly gate: FakeGate;
  readonly desk: FakeDesk;
  readonly faults: FaultKeeper;
  /** What routes said about the observation of services. */
  readonly failures: readonly NotedFailure[];
  readonly jobs: FakeJobs;
  /** What came by OpenTelemetry, and what is answered. */
  readonly otlp: FakeOtlp;
  readonly history: FakeHistory;
  readonly access: AccessDesk;
  readonly audit: AuditLog;
  readonly clock: FakeClock;
  /** The scenarios that are read when somebody asks for them. */
  offer: ScenarioOffer;
  /** The configuration that the status page goes by. */
  config: MonitorConfig;
  readonly hub: Hub;
  readonly source: FakeSource;
  readonly log: ErrorLog;
  /** How often somebody let others have a turn. */
  turns: number;
  /** Answers of `/api/health`. */
  health: Health;
  /** What requests go to. */
  readonly handle: (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;
  /** Sends a request to a path. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** Options for {@linkcode startWeb}. */
export interface WebOptions {
  /** @default {true} */
  readonly listensOnLoopback?: boolean;
  /** The token of the environment. @default {undefined} None. */
  readonly token?: string;
  /** What configuration says of access. */
  readonly auth?: Partial<AuthConfig>;
  /** What the application gets for its monitor; by default one that runs. */
  readonly runtime?: Promise<State>;
}

/** What a route had to say about the observation of a service. */
export interface NotedFailure {
  readonly service: string;
  readonly failure: SourceFailure | null;
}

/** Implements {@linkcode JobDesk}: keeps what is said of the runs of some services. */
export class FakeJobs implements JobDesk {
  /** Names of services that are jobs. */
  readonly names = new Set<string>();
  readonly started: { readonly service: string; readonly run: string }[] = [];
  readonly ended: ({ readonly service: string } & RunEnd)[] = [];

  start(service: string, run: string): IngestResult | null {
    if (!this.names.has(service)) return null;
    this.started.push({ service, run });
    return { kind: "accepted", count: 1 };
  }

  end(service: string, end: RunEnd): IngestResult | null {
    if (!this.names.has(service)) return null;
    this.ended.push({ service, ...end });
    return { kind: "accepted", count: 1 };
  }
}

/** Implements {@linkcode Log}: keeps the errors, and all lines as text. */
export class ErrorLog implements Log {
  readonly errors: { readonly event: string; readonly fields: LogFields | undefined }[] = [];
  readonly lines: string[] = [];

  debug(event: string, fields?: LogFields): void {
    this.lines.push(JSON.stringify([event, fields]));
  }

  info(event: string, fields?: LogFields): void {
    this.lines.push(JSON.stringify([event, fields]));
  }

  warn(event: string, fields?: LogFields): void {
    this.lines.push(JSON.stringify([event, fields]));
  }

  error(event: string, fields?: LogFields): void {
    this.errors.push({ event, fields });
    this.lines.push(JSON.stringify([event, fields]));
  }
}

/** Says that all is kept at once, unless told otherwise. */
export class FakeGate implements CommitGate {
  isFull = false;
  /** What becomes of what was done. */
  result: CommitResult = { kind: "kept" };
  /** How often somebody waited. */
  waits = 0;

  committed(): Promise<CommitResult> {
    this.waits++;
    return Promise.resolve(this.result);
  }
}

/** Keeps what it is given, and answers what it is told to. */
export class FakeOtlp implements OtlpIntake {
  readonly taken: { readonly request: OtlpExport; readonly sender: OtlpSender }[] = [];
  readonly unreadable: { readonly sender: OtlpSender; readonly failure: SourceFailure }[] = [];
  outcome: OtlpOutcome = { rejectedPoints: 0, problem: null };

  take(request: OtlpExport, sender: OtlpSender): OtlpOutcome {
    this.taken.push({ request, sender });
    return this.outcome;
  }

  noteUnreadable(sender: OtlpSender, failure: SourceFailure): void {
    this.unreadable.push({ sender, failure });
  }
}

const PASS: Health = {
  status: "pass",
  version: "1.2.3",
  uptimeMs: 5,
  checks: {},
  services: { healthy: 0, degraded: 0, down: 0, unknown: 0 },
};

/** Starts an application without a port. */
export async function startWeb(options: WebOptions = {}): Promise<Web> {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  const hub = new Hub({ clock, log: new FakeLog(), source });
  const monitor = new FakeMonitor();
  const gate = new FakeGate();
  const desk = new FakeDesk();
  const faults = new FaultKeeper({
    clock,
    sourceOf: (name) => monitor.list.find((service) => service.name === name)?.source.kind,
    setFaults: () => {},
    onChange: () => {},
  });
  const scenarios = new ScenarioStage({
    ...{ clock, faults },
    source: { service: () => undefined, alert: () => undefined, notifications: () => [] },
    misfit: ({ scenario }) => scenario.name === "misfit" ? '"misfit" needs another world' : null,
    isTold: () => false,
    steady: () => {},
    setCalm: () => {},
    onChange: () => {},
  });
  const history = new FakeHistory();
  const failures: NotedFailure[] = [];
  const jobs = new FakeJobs();
  const otlp = new FakeOtlp();
  const log = new ErrorLog();
  const audit = new AuditLog({ clock, log, ledger: NO_LEDGER, restored: [] });
  const access = new AccessDesk({
    ...{ clock, log, audit, auth: configOf({ auth: options.auth ?? {} }).auth },
    token: options.token === undefined ? null : new Secret(options.token),
  });
  const statusPage = new StatusBoard({
    ...{ clock, log, history, config: () => web.config },
    source: { outlines: () => monitor.list, alertsOf: () => monitor.alertList },
  });
  const state: State = {
    monitor,
    gate,
    desk,
    faults,
    scenarios,
    readScenarios: () => {
      scenarios.offer(web.offer);
      return Promise.resolve();
    },
    failures: { noteFailure: (service, failure) => void failures.push({ service, failure }) },
    jobs,
    otlp,
    history,
    statusPage,
    hub,
    access,
    audit,
    now: () => clock.now(),
    listensOnLoopback: options.listensOnLoopback ?? true,
    health: () => web.health,
    counts: () => countsOf(hub),
    turn: () => {
      web.turns++;
      return Promise.resolve();
    },
    process: () => ({ startedAt: 1_700_000_000_000, residentBytes: 80_000_000 }),
    snapshot: () => hub.snapshot(),
  };
  const app = createWebApp(options.runtime ?? state, log);
  (await buildOnce())(app);
  const handle = app.handler();
  const web: Web = {
    ...{
      monitor,
      gate,
      desk,
      faults,
      failures,
      jobs,
      otlp,
      history,
      hub,
      source,
      log,
      health: PASS,
      handle,
      clock,
      turns: 0,
      access,
      audit,
    },
    offer: { scenarios: [], problems: new Map() },
    config: configOf(),
    fetch: (path, init) => handle(new Request(ORIGIN + path, init)),
  };
  return web;
}

/** Returns the problem in an answer, once it is sure that it is one. */
export async function problemOf(
  response: Response,
  status: number,
): Promise<Record<string, unknown>> {
  const problem = await response.json();
  assertEquals(response.status, status, JSON.stringify(problem));
  assertEquals(response.headers.get("content-type"), "application/problem+json");
  assertEquals([problem.type, problem.status], ["about:blank", status]);
  return problem;
}

function countsOf(hub: Hub): MonitorCounts {
  return {
    collector: { accepted: 12, late: 1, refused: 0 },
    hub: hub.counters(),
    live: hub.stats(),
    decision: new DurationHistogram().read(),
    delivery: hub.deliveries(),
    history: null,
    loopDelayMs: 0,
  };
}

async function buildOnce(): Promise<(app: App<State>) => void> {
  const [known] = builds;
  if (known !== undefined) return known;
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const apply = await new Builder<State>({ root }).build({ snapshot: "memory" });
  builds.push(apply);
  return apply;
}
