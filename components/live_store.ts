/**
 * The live store: the state of the dashboard as signals, so that a message renders again only what it
 * changed. It reads no browser globals: the clock and the socket are handed in.
 *
 * @module
 */

import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import { compareAlerts } from "@/lib/domain/alert_order.ts";
import {
  announceAlerts,
  type AnnouncedAlert,
  type Heard,
  startHeard,
} from "@/lib/domain/announcement.ts";
import { compareCards } from "@/lib/domain/card_order.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import { countStatuses, type StatusCounts } from "@/lib/domain/verdict.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import {
  type ConnectionState,
  LiveConnection,
  type LiveConnectionOptions,
} from "@/lib/protocol/live_connection.ts";
import type { DeltaMessage, SnapshotMessage } from "@/lib/protocol/live_message.ts";
import {
  applyDelta,
  type LiveService,
  type LiveState,
  startState,
} from "@/lib/protocol/live_state.ts";
import type { AlertView, LiveStats } from "@/lib/protocol/views.ts";
import { connectionLost, liveAgain } from "@/texts/announcements.ts";

/** How to reach the server. */
export type Transport = Pick<LiveConnectionOptions, "url" | "openSocket" | "random">;

/** Words for a live region. */
export interface Spoken {
  /** Tells two equal sentences apart. */
  readonly id: number;
  /** Empty for none. */
  readonly text: string;
}

/** Ages on the screen move on this often. */
const TICK_MS = 1_000;

/** Holds the state of one page. All fields are signals; read them where they are shown. */
export class LiveStore {
  /** The connection; `stopped` on the server and before the scripts run. */
  readonly connection: Signal<ConnectionState> = signal({ kind: "stopped" });
  /** When the connection was lost; `null` while it is not. */
  readonly staleSince: Signal<Instant | null> = signal(null);
  /** Time by the server's clock, once a second. It stands still while the data is stale. */
  readonly now: Signal<Instant>;
  /** Time by the clock of this machine, once a second: for {@linkcode ConnectionState}. */
  readonly localNow: Signal<Instant>;
  /** Names of all services, in the order of their cards. */
  readonly names: Signal<readonly string[]>;
  /** How many services have each status. */
  readonly counts: ReadonlySignal<StatusCounts>;
  /** Pending and firing alerts, in reading order. */
  readonly alerts: Signal<readonly AlertView[]>;
  /** Descriptors of all metrics. */
  readonly metrics: Signal<readonly Metric[]>;
  /** Numbers about Vitals itself. */
  readonly stats: Signal<LiveStats>;
  /** What may interrupt a screen reader. */
  readonly urgent: Signal<Spoken> = signal({ id: 0, text: "" });
  /** What a screen reader says in its turn. */
  readonly calm: Signal<Spoken> = signal({ id: 0, text: "" });
  /** The alerts that were announced last; each time another array. */
  readonly news: Signal<readonly AnnouncedAlert[]> = signal([]);

  readonly #clock: Clock;
  readonly #services = new Map<string, Signal<LiveService>>();
  #state: LiveState;
  /** When `#state` arrived, to tell the server's time from. */
  #stateAtMs: number;
  #connection: LiveConnection | undefined;
  #users = 0;
  #cancelTick: Cancel | undefined;
  #spoken = 0;
  #heard: Heard;

  /** Starts from the state that the page was rendered with. */
  constructor(snapshot: SnapshotMessage, clock: Clock) {
    const state = startState(snapshot);
    this.#clock = clock;
    this.#state = state;
    this.#stateAtMs = clock.monotonicMs();
    this.#heard = startHeard(state.alerts.values());
    for (const [name, service] of state.services) this.#services.set(name, signal(service));
    this.now = signal(state.at);
    this.localNow = signal(clock.now());
    this.names = signal(orderCards(state));
    this.counts = computed(() => countStatuses(this.#statuses(this.names.value)));
    this.alerts = signal(orderAlerts(state));
    this.metrics = signal(state.metrics);
    this.stats = signal(state.stats);
  }

  /** Returns the signal of a service; `undefined` when there is no such service. */
  service(name: string): ReadonlySignal<LiveService> | undefined {
    return this.#services.get(name);
  }

  /** All services as they are now, without subscribing to any. */
  *peekServices(): Generator<LiveService> {
    for (const service of this.#services.values()) yield service.peek();
  }

  /**
   * Connects and lets time pass. Several islands may ask; the first connects.
   *
   * @returns Takes the wish back; the last one disconnects. Calling it again does nothing.
   */
  connect(transport: Transport): () => void {
    if (this.#users++ === 0) this.#start(transport);
    let isUsed = true;
    return () => {
      if (isUsed && --this.#users === 0) this.#stop();
      isUsed = false;
    };
  }

  /** Ends a pause between two attempts, or checks an open line. */
  retryNow(): void {
    this.#connection?.retryNow();
  }

  /** Lets a screen reader say something in its turn, such as that an act has worked. */
  say(text: string): void {
    this.#say(this.calm, text);
  }

  /** Lets the ages stand still while nobody sees them, and move again. */
  setHidden(hidden: boolean): void {
    const isTicking = this.#cancelTick !== undefined;
    if (hidden) this.#cancelTick?.();
    if (hidden) this.#cancelTick = undefined;
    else if (!isTicking && this.#connection !== undefined) this.#tick();
  }

  #start(transport: Transport): void {
    this.#connection = new LiveConnection({
      ...transport,
      clock: this.#clock,
      lastSeq: () => this.#state.seq,
      onMessage: (message) => this.#receive(message),
      onState: (state) => this.#enter(state),
    });
    this.#connection.start();
    this.setHidden(false);
  }

  #stop(): void {
    this.#connection?.stop();
    this.#connection = undefined;
    this.setHidden(true);
  }

  #receive(message: SnapshotMessage | DeltaMessage): void {
    const state = message.type === "snapshot"
      ? startState(message)
      : applyDelta(this.#state, message);
    if (state === undefined) this.#connection?.reconnect();
    else if (state !== this.#state) batch(() => this.#apply(state));
  }

  #apply(state: LiveState): void {
    const before = this.#state;
    this.#state = state;
    this.#stateAtMs = this.#clock.monotonicMs();
    if (state.services !== before.services) this.#applyServices(before, state);
    if (state.alerts !== before.alerts) {
      // An alert that says "no heartbeat for 5 s" must not be shown with the age of the last tick.
      if (this.staleSince.peek() === null) this.now.value = state.at;
      this.alerts.value = orderAlerts(state);
      this.#announce(state);
    }
    this.metrics.value = state.metrics;
    this.stats.value = state.stats;
  }

  #announce({ alerts, resolved }: LiveState): void {
    const said = announceAlerts(this.#heard, { active: alerts.values(), resolved });
    this.#heard = said.heard;
    this.#say(this.urgent, said.urgent);
    this.#say(this.calm, said.calm);
    if (said.news.length > 0) this.news.value = said.news;
  }

  #applyServices(before: LiveState, after: LiveState): void {
    let isMoved = before.services.size !== after.services.size;
    for (const [name, service] of after.services) {
      const known = this.#services.get(name);
      if (known === undefined) this.#services.set(name, signal(service));
      if (known?.peek().status !== service.status) isMoved = true;
      if (known !== undefined) known.value = service;
    }
    for (const name of this.#services.keys()) {
      if (!after.services.has(name)) this.#services.delete(name);
    }
    if (isMoved) this.names.value = orderCards(after);
  }

  #enter(state: ConnectionState): void {
    batch(() => {
      this.localNow.value = this.#clock.now();
      this.connection.value = state;
      const wasStale = this.staleSince.peek() !== null;
      if (state.kind === "waiting" && !wasStale) {
        this.now.value = this.#serverNow();
        this.staleSince.value = this.now.peek();
        this.#say(this.calm, connectionLost);
      } else if (state.kind === "open" && wasStale) {
        this.staleSince.value = null;
        this.#say(this.calm, liveAgain);
      }
    });
  }

  #tick(): void {
    batch(() => {
      this.localNow.value = this.#clock.now();
      if (this.staleSince.peek() === null) this.now.value = this.#serverNow();
    });
    this.#cancelTick = this.#clock.after(TICK_MS, () => this.#tick());
  }

  /** The clock of this machine may be wrong, so only the time since the last message is taken from it. */
  #serverNow(): Instant {
    return this.#state.at + this.#clock.monotonicMs() - this.#stateAtMs;
  }

  #say(region: Signal<Spoken>, text: string): void {
    if (text !== "") region.value = { id: ++this.#spoken, text };
  }

  *#statuses(names: readonly string[]): Generator<LiveService["status"]> {
    for (const name of names) {
      const service = this.#services.get(name)?.peek();
      if (service !== undefined) yield service.status;
    }
  }
}

function orderCards(state: LiveState): readonly string[] {
  return [...state.services.values()].sort(compareCards).map((service) => service.name);
}

function orderAlerts(state: LiveState): readonly AlertView[] {
  return [...state.alerts.values()].sort(compareAlerts);
}
