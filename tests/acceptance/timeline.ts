/**
 * A whole monitor in virtual time, and a browser's view of it: what a test does to services on one side, it
 * sees on the live channel on the other.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { createMonitor, type Monitor } from "@/lib/app.ts";
import { applyDelta, type LiveState, startState } from "@/lib/protocol/live_state.ts";
import { parseServerMessage } from "@/lib/protocol/parse_server_message.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import type { CreateSource } from "@/lib/sources/source_runner.ts";
import { createSupervisor } from "@/simulators/supervisor.ts";
import type { StartWorker, WorkerHandle } from "@/simulators/worker_handle.ts";

import type { AlertView } from "@/lib/protocol/views.ts";

import { configOf } from "../support/config.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { FakeReceiver } from "../support/fake_receiver.ts";
import { RecordedLog } from "../support/recorded_log.ts";

/** What may differ from a timeline of samples that are pushed. */
export interface TimelineOptions {
  /** Makes what observes services, on the clock of the timeline. */
  readonly observe?: (clock: FakeClock) => CreateSource;
}

const SILENT: WorkerHandle = { post: () => {}, terminate: () => {} };

/** Runs a monitor by hand. */
export class Timeline {
  readonly clock = new FakeClock();
  readonly log = new RecordedLog();
  readonly monitor: Monitor;
  /** What a browser that is connected from the start shows. */
  screen: LiveState | undefined;
  /** Close codes that the browser saw. */
  readonly closed: number[] = [];
  /** By name of the receiver: what it gets. */
  readonly receivers = new Map<string, FakeReceiver>();
  /** What was delivered: `"<seconds> <receiver> <reason> <service>: <rules>"`. */
  readonly told: string[] = [];
  /** Transitions of alerts as the screen saw them: `"<seconds> <service> <rule> <state>"`. */
  readonly story: string[] = [];
  readonly #start: number;

  /** Simulated services say nothing unless `startWorker` gives them a voice on the clock of the timeline. */
  constructor(
    config: MonitorConfig = configOf(),
    startWorker: (clock: FakeClock) => StartWorker = () => () => SILENT,
    { observe = () => () => null }: TimelineOptions = {},
  ) {
    this.#start = this.clock.now();
    this.monitor = createMonitor({
      clock: this.clock,
      log: this.log,
      config,
      version: "0.0.0",
      createSource: observe(this.clock),
      createReceiver: ({ name }) => this.#createReceiver(name),
      random: () => 0.5,
      origin: () => "http://vitals.test",
      simulate: (services) =>
        createSupervisor({
          services,
          clock: this.clock,
          log: this.log,
          random: () => 0.5,
          startWorker: startWorker(this.clock),
        }),
    });
    this.monitor.start();
    this.#connect();
  }

  /** Seconds since the beginning. */
  get seconds(): number {
    return (this.clock.now() - this.#start) / 1_000;
  }

  /** A service sends its metrics each second, `count` times; each time a second passes. */
  async send(service: string, metrics: Readonly<Record<string, number>>, count = 1): Promise<void> {
    for (let sent = 0; sent < count; sent++) {
      assertEquals(this.monitor.collector.ingest([{ service, metrics }]).kind, "accepted");
      await this.clock.advance(1_000);
    }
  }

  /** Nothing is sent for some time. */
  async quiet(durationMs: number): Promise<void> {
    await this.clock.advance(durationMs);
  }

  /** A receiver. */
  receiver(name: string): FakeReceiver {
    return this.receivers.get(name) ?? this.#createReceiver(name);
  }

  /** Pending and firing alerts on the screen: `"<service> <rule> <state>"`. */
  get alerts(): readonly AlertView[] {
    return [...this.screen?.alerts.values() ?? []];
  }

  /** The status on the screen. */
  status(service: string): string | undefined {
    return this.screen?.services.get(service)?.status;
  }

  #createReceiver(name: string): FakeReceiver {
    const receiver = new FakeReceiver(name);
    this.receivers.set(name, receiver);
    receiver.onSent = ({ reason, service, alerts }) => {
      const rules = alerts.map(({ rule }) => rule).join("+");
      this.told.push(`${this.seconds} ${name} ${reason} ${service}: ${rules}`);
    };
    return receiver;
  }

  #connect(): void {
    this.monitor.hub.connect({
      bufferedBytes: 0,
      send: (text) => this.#show(text),
      close: (code) => void this.closed.push(code),
    }, { resume: null });
  }

  #show(text: string): void {
    const message = parseServerMessage(text);
    if (message.type === "pong") return;
    if (message.type === "snapshot") {
      this.screen = startState(message);
      return;
    }
    for (const { service, rule, state } of message.alerts) {
      const line = `${service} ${rule} ${state}`;
      if (this.story.at(-1)?.endsWith(line) === true) continue;
      this.story.push(`${this.seconds} ${line}`);
    }
    this.screen = this.screen && applyDelta(this.screen, message);
  }
}
