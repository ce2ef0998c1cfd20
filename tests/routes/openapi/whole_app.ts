/**
 * The web application over a whole monitor in virtual time, in which something of each kind has happened.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { AccessDesk } from "@/lib/access/access_desk.ts";
import { digestOf } from "@/lib/access/token_book.ts";
import { createMonitor, type Monitor } from "@/lib/app.ts";
import { openHistory } from "@/lib/history/open_history.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import type { HistoryReader } from "@/lib/ports/history_reader.ts";
import type { TokenConfig } from "@/lib/ports/monitor_config.ts";
import type { Scope } from "@/lib/protocol/access_table.ts";
import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { A_FAULT, A_SILENCE, ALERT_ID } from "@/lib/protocol/openapi/examples.ts";
import { StatusBoard } from "@/lib/status_page/status_board.ts";
import { createSupervisor } from "@/simulators/supervisor.ts";
import { FakeGate, startWeb, type Web } from "@/tests/routes/web.ts";
import { configOf } from "@/tests/support/config.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { FakeReceiver } from "@/tests/support/fake_receiver.ts";
import { playable } from "@/tests/support/playable.ts";
import { receiverConfig } from "@/tests/support/receiver_config.ts";
import { RecordedLog } from "@/tests/support/recorded_log.ts";

/** How a {@linkcode WholeApp} differs from a running one without a token. */
export interface WholeAppOptions {
  /** Whether tokens are set: one of each of {@linkcode TOKENS}. */
  readonly hasTokens?: boolean;
  /** Configuration wants no status page. */
  readonly hasNoPage?: boolean;
  /** The monitor never started. */
  readonly isIdle?: boolean;
  /** Nothing works: every request is a fault. */
  readonly isBroken?: boolean;
}

/** An application and what is behind it. */
export interface WholeApp {
  readonly web: Web;
  readonly monitor: Monitor;
  readonly clock: FakeClock;
  readonly gate: FakeGate;
  /** The receiver `log`. */
  readonly receiver: FakeReceiver;
  /** Id of an alert that fires. */
  readonly firing: string;
  /** Id of an alert that has ended. */
  readonly ended: string;
  /** Id of a silence. */
  readonly silence: string;
  /** Id of a fault that acts. */
  readonly fault: string;
  /** Whether history can be read. */
  isHistoryBroken: boolean;
}

const MAX_BODY_BYTES = 20_000;

const CONFIG = configOf({
  push: ["checkout", "cart"],
  simulated: ["auth-service"],
  sources: {
    "nightly-backup": {
      ...{ kind: "heartbeat", about: "every 1 d", hosts: [], silenceMs: 90_000_000 },
      schedule: { kind: "every", everyMs: 86_400_000, slackMs: 0, graceMs: 3_600_000 },
      maxRunMs: 7_200_000,
    },
  },
  dependsOn: { cart: ["checkout"] },
  receivers: [receiverConfig("log")],
  limits: { bodyBytes: MAX_BODY_BYTES },
  maintenance: [{
    name: "nightly-backup",
    matcher: { service: null, rule: null, tag: "database", severity: null },
    reason: "",
    schedule: { kind: "once", startsAt: 1_700_001_000_000, endsAt: 1_700_002_000_000 },
  }],
});

/** Tokens that may be set, by their texts, with what each is good for. */
export const TOKENS = {
  "a token that reads": "read",
  "a token that sends": "ingest",
  "a token that operates": "operate",
} as const satisfies Readonly<Record<string, Scope>>;

function toToken(text: string, scope: Scope): TokenConfig {
  return { name: scope, sha256: digestOf(text), scopes: [scope] };
}

/** Starts an application. It must be stopped with its monitor. */
export async function startWholeApp(options: WholeAppOptions = {}): Promise<WholeApp> {
  const clock = new FakeClock();
  const log = new RecordedLog();
  const place = { kind: "memory" } as const;
  const opened = await openHistory({ place, retention: DEFAULT_RETENTION, clock, log });
  const receiver = new FakeReceiver("log");
  const monitor = createMonitor({
    ...{ clock, log, config: CONFIG, version: "1.2.3", ...opened },
    simulate: (services) =>
      createSupervisor({
        ...{ services, clock, log, random: () => 0.5 },
        startWorker: () => ({ post: () => {}, terminate: () => {} }),
      }),
    createReceiver: () => receiver,
    random: () => 0.5,
    origin: () => null,
  });
  const gate = new FakeGate();
  const { collector, audit } = monitor;
  const tokens = options.hasTokens
    ? Object.entries(TOKENS).map(([name, scope]) => toToken(name, scope))
    : [];
  const auth = { ...CONFIG.auth, tokens };
  const access = new AccessDesk({ clock, log, audit, auth, token: null });
  const status = { ...CONFIG.status, enabled: options.hasNoPage !== true };
  const config = { ...CONFIG, status };
  const statusPage = new StatusBoard({
    ...{ clock, log, source: collector, config: () => config },
    history: breakable(opened.history, () => app.isHistoryBroken),
  });
  const live = options.isIdle ? null : await liveALittle(monitor, clock);
  const app: WholeApp = {
    web: await startWeb({
      runtime: options.isBroken ? Promise.reject(new Error("broken")) : Promise.resolve({
        monitor: collector,
        gate,
        desk: monitor.desk,
        faults: monitor.faults,
        failures: monitor.failures,
        jobs: monitor.jobs,
        otlp: monitor.otlp,
        scenarios: monitor.scenarios,
        readScenarios: () => {
          monitor.scenarios.offer({
            scenarios: [playable({}, "cpu-spike")],
            problems: new Map([["broken", "its file is wrong"]]),
          });
          return Promise.resolve();
        },
        history: breakable(opened.history, () => app.isHistoryBroken),
        hub: monitor.hub,
        statusPage,
        access,
        audit,
        now: () => clock.now(),
        listensOnLoopback: true,
        health: () => monitor.health(),
        counts: () => monitor.counts(),
        process: () => ({ startedAt: 1_700_000_000_000, residentBytes: 80_000_000 }),
        turn: () => Promise.resolve(),
        snapshot: () => monitor.hub.snapshot(),
      }),
    }),
    ...{ monitor, clock, gate, receiver, isHistoryBroken: false },
    ...live ?? { firing: "", ended: "", silence: "", fault: "" },
  };
  return app;
}

/** Returns a command of the description with ids of an application in it, and instants of its time. */
export function fillIn(command: string, { firing, silence, fault }: WholeApp): string {
  return command.replaceAll(ALERT_ID, firing).replaceAll(A_SILENCE.id, silence)
    .replaceAll(A_FAULT.id, fault).replaceAll("2026-11-24T", "2023-11-24T");
}

/** An alert ends, another fires and is acknowledged and silenced; a fault begins. */
async function liveALittle(monitor: Monitor, clock: FakeClock) {
  monitor.start();
  const send = async (cpu: number, count: number) => {
    for (let sent = 0; sent < count; sent++) {
      const sample = { service: "checkout", metrics: { cpu, latency: 120.5, memory: 63 } };
      assertEquals(monitor.collector.ingest([sample]).kind, "accepted");
      await clock.advance(1_000);
    }
  };
  await send(95, 4);
  await send(20, 4);
  await send(97, 4);
  const [alert] = idsOf(monitor, "active").filter((id) => id.startsWith("HIGH_CPU"));
  const [ended] = idsOf(monitor, "resolved");
  monitor.desk.acknowledge(alert ?? "", { by: "Anna", note: "on it" });
  const silence = monitor.desk.addSilence({
    matcher: { service: "checkout", rule: null, tag: null, severity: null },
    startsAt: null,
    endsAt: clock.now() + 3_600_000,
    author: "Anna",
    reason: "deploy",
  });
  const draft = { service: "auth-service", kind: "cpu-spike", intensity: 0.8 } as const;
  const fault = monitor.faults.add({ ...draft, durationMs: 600_000 });
  await send(98, 1);
  const made = [silence, fault].map((act) => act.kind === "done" ? act.value.id : "");
  return { firing: alert ?? "", ended: ended ?? "", silence: made[0] ?? "", fault: made[1] ?? "" };
}

function idsOf(monitor: Monitor, state: "active" | "resolved"): string[] {
  const query = { state, service: "checkout", severity: null, after: null, limit: 9 };
  return monitor.collector.alerts(query).map(({ id }) => id);
}

function breakable(history: HistoryReader, isBroken: () => boolean): HistoryReader {
  async function ask<Found>(question: () => Promise<Found>): Promise<Found> {
    if (isBroken()) throw new HistoryError("busy", "Cannot read the history: the disk is gone");
    return await question();
  }
  return {
    samples: (query) => ask(() => history.samples(query)),
    events: (query) => ask(() => history.events(query)),
    statuses: (service, range) => ask(() => history.statuses(service, range)),
    endedAlerts: (service, range) => ask(() => history.endedAlerts(service, range)),
    gaps: (range) => ask(() => history.gaps(range)),
    transitionsOf: (alert) => ask(() => history.transitionsOf(alert)),
  };
}
