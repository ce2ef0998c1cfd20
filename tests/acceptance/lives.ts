/**
 * A monitor that is killed and started again, in virtual time. What is in flight to its history when it is
 * killed is lost, and nothing of the dead one goes on.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { createMonitor, type Monitor } from "@/lib/app.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import { type History, type HistoryBatch, HistoryError } from "@/lib/ports/history.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import type { CreateSource } from "@/lib/sources/source_runner.ts";

import { FakeClock } from "../support/fake_clock.ts";
import { FakeReceiver } from "../support/fake_receiver.ts";
import { KeptState } from "../support/kept_state.ts";
import { RecordedLog } from "../support/recorded_log.ts";

/** A clock that its owner takes to the grave. */
class MortalClock implements Clock {
  isDead = false;
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.#clock.after(delayMs, () => {
      if (!this.isDead) run();
    });
  }
}

/** Makes what observes services in one life, on its clock. */
export type ObserveLife = (clock: Clock) => CreateSource;

/** Runs one monitor after the other over the same kept state. */
export class Lives {
  readonly clock = new FakeClock();
  readonly kept = new KeptState();
  readonly log = new RecordedLog();
  /** The one receiver of all lives: what it got, it got. */
  readonly receiver = new FakeReceiver("ops");
  /** How long writing a batch takes, in milliseconds. */
  commitMs = 0;
  /** Why nothing can be written. */
  fault: "full" | null = null;
  monitor: Monitor;
  #own: MortalClock;
  #config: MonitorConfig;
  #aliveAt: number | null = null;
  readonly #observe: ObserveLife;

  constructor(config: MonitorConfig, observe: ObserveLife = () => () => null) {
    this.#config = config;
    this.#observe = observe;
    this.#own = new MortalClock(this.clock);
    this.monitor = this.#start();
  }

  /** Kills the monitor. */
  kill(): void {
    this.#own.isDead = true;
  }

  /** Starts the next one. */
  start(config: MonitorConfig = this.#config): void {
    this.#config = config;
    this.#own = new MortalClock(this.clock);
    this.monitor = this.#start();
  }

  /** Kills the monitor, and starts the next one some time later. */
  async restart(awayMs: number, config: MonitorConfig = this.#config): Promise<void> {
    this.kill();
    await this.clock.advance(awayMs);
    this.start(config);
  }

  /** A service sends its metrics each second. */
  async send(
    metrics: Readonly<Record<string, number>>,
    count = 1,
    service = "checkout",
  ): Promise<void> {
    for (let sent = 0; sent < count; sent++) {
      assertEquals(this.monitor.collector.ingest([{ service, metrics }]).kind, "accepted");
      await this.clock.advance(1_000);
    }
  }

  /** What was delivered: `"<reason> <rules>"`. */
  get told(): string[] {
    return this.receiver.sent.map(({ reason, alerts }) =>
      `${reason} ${alerts.map(({ rule }) => rule).join("+")}`
    );
  }

  #start(): Monitor {
    const own = this.#own;
    const monitor = createMonitor({
      clock: own,
      log: this.log,
      config: this.#config,
      version: "0.0.0",
      history: this.#history(own),
      createSource: this.#observe(own),
      ...this.#aliveAt === null ? {} : { restored: this.kept.restored(this.#aliveAt) },
      createReceiver: () => ({
        name: "ops",
        kind: "fake",
        deliver: (notification, signal) =>
          // What a dead process would still do in the next turn, it does not do.
          own.isDead ? new Promise(() => {}) : this.receiver.deliver(notification, signal),
      }),
      random: () => 0.5,
      origin: () => null,
      simulate: () => ({
        start() {},
        stop: () => Promise.resolve(),
        workers: () => new Map(),
        setFaults() {},
        setCalm() {},
      }),
    });
    monitor.start();
    return monitor;
  }

  #history(own: MortalClock): History {
    const unused = () => Promise.reject(new HistoryError("broken", "nobody asks for this here"));
    return {
      open: unused,
      append: (batch) => this.#append(batch, own),
      maintain: () => Promise.resolve(false),
      retain: () => Promise.resolve(),
      close: () => Promise.resolve(),
      ...{ samples: unused, events: unused, statuses: unused, endedAlerts: unused },
      ...{ gaps: unused, transitionsOf: unused, usage: unused },
    };
  }

  #append(batch: HistoryBatch, own: MortalClock): Promise<void> {
    if (this.fault !== null) return Promise.reject(new HistoryError(this.fault, "disk full"));
    return new Promise((resolve) => {
      const write = () => {
        if (own.isDead) return;
        for (const sample of batch.samples) this.kept.addSample(sample);
        for (const transition of batch.transitions) this.kept.addTransition(transition);
        for (const document of batch.documents) this.kept.put(document);
        this.#aliveAt = batch.at;
        resolve();
      };
      if (this.commitMs === 0) write();
      else own.after(this.commitMs, write);
    });
  }
}
