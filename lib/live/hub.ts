/**
 * The live hub: it turns published changes into messages for all peers. It knows nothing of sockets (see
 * `web_socket_peer.ts`), nor of where the state comes from.
 *
 * @module
 */

import { type DurationCounts, DurationHistogram } from "@/lib/domain/duration_histogram.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { ClientMessage, SnapshotMessage } from "@/lib/protocol/live_message.ts";
import { parseClientMessage } from "@/lib/protocol/parse_client_message.ts";
import { ProtocolError } from "@/lib/protocol/protocol_error.ts";
import type { LiveStats } from "@/lib/protocol/views.ts";

import { Audience, closeQuietly, type Fault } from "./audience.ts";
import { FlushTimer } from "./flush_timer.ts";
import { type Frame, toFrame } from "./frame.ts";
import { type HubCounters, startCounters } from "./hub_counters.ts";
import { DEFAULT_HUB_LIMITS, type HubLimits } from "./hub_limits.ts";
import type { HubSource } from "./hub_source.ts";
import { LatencyWindow } from "./latency_window.ts";
import { LiveFeed } from "./live_feed.ts";
import type { Peer } from "./peer.ts";
import { StatsTimer } from "./stats_timer.ts";

/** What a {@linkcode Hub} needs. */
export interface HubOptions {
  /** For timers, instants in messages, and measuring. */
  readonly clock: Clock;
  /** Takes the peers that are closed for a fault. */
  readonly log: Log;
  /** The state to show. */
  readonly source: HubSource;
  /** Bounds that differ from `DEFAULT_HUB_LIMITS`. */
  readonly limits?: Partial<HubLimits>;
  /** Returns the scenario to show; the same object while it stands as expected. @default {() => null} */
  readonly scenario?: () => LiveStats["scenario"];
}

/** How a peer wants to begin. */
export interface ConnectOptions {
  /** Number of the last message it has, to get only what came after; `null` for a snapshot. */
  readonly resume: number | null;
}

const STOPPING: Fault = { code: 1012, reason: "Vitals is restarting" };
const FULL: Fault = { code: 1013, reason: "Too many live connections" };

/**
 * Sends the state and its changes to all peers.
 *
 * A change goes out at once when the last delta is older than `flushMs`, otherwise merged with others when
 * it is. When only the numbers changed (fewer samples, another peer), a delta of them alone follows the last
 * one after `statsMs`, or a peer's coming or leaving after `statsSoonMs`. Each frame is written out once for
 * all peers. Without peers, deltas are made for `keepMs` more, so that one who comes back can resume; then
 * the hub rests.
 */
export class Hub {
  readonly #clock: Clock;
  readonly #source: HubSource;
  readonly #limits: HubLimits;
  readonly #feed: LiveFeed;
  readonly #audience: Audience;
  readonly #flushTimer: FlushTimer;
  readonly #statsTimer: StatsTimer;
  readonly #latency: LatencyWindow;
  readonly #deliveries = new DurationHistogram();
  readonly #scenario: () => LiveStats["scenario"];
  readonly #counters = startCounters();
  /** Until when deltas are made although nobody is connected. */
  #keepUntilMs = -Infinity;
  /** Whether changes pass unnoted, since nobody was there for `keepMs`. */
  #isResting = true;
  #isStopped = false;

  /** Creates a hub without peers; nothing needs to be started. */
  constructor(options: HubOptions) {
    const { clock, log, source } = options;
    const limits = { ...DEFAULT_HUB_LIMITS, ...options.limits };
    const [counters, stats] = [this.#counters, () => this.stats()];
    const stateFrames = () => this.#stateFrames();
    const resized = () => this.#watchStats();
    this.#clock = clock;
    this.#source = source;
    this.#limits = limits;
    this.#scenario = options.scenario ?? (() => null);
    this.#latency = new LatencyWindow(clock.monotonicMs());
    this.#feed = new LiveFeed({ clock, source, limits, stats });
    this.#audience = new Audience({ clock, log, limits, counters, stateFrames, resized });
    this.#flushTimer = new FlushTimer({
      clock,
      flushMs: limits.flushMs,
      flush: () => this.#flush(),
    });
    this.#statsTimer = new StatsTimer({ clock, look: () => this.#lookAtStats() });
  }

  /** Takes a change that the source's answers already contain. Work in proportion to the change. */
  publish(change: Change): void {
    if (this.#isStopped) return;
    if (this.#audience.size > 0) this.#keep();
    if (this.#clock.monotonicMs() >= this.#keepUntilMs) return this.#rest();
    this.#feed.merge(change);
    if (this.#feed.hasPending) this.#flushTimer.request();
  }

  /** Admits a peer and sends what it lacks; or closes it, with 1013 when full and 1012 when stopped. */
  connect(peer: Peer, options: ConnectOptions): void {
    if (this.#isStopped) return closeQuietly(peer, STOPPING);
    if (!this.#audience.add(peer)) {
      this.#counters.refused++;
      return closeQuietly(peer, FULL);
    }
    this.#isResting = false;
    this.#resume(peer, options.resume);
  }

  /** Takes a frame of a peer; one that breaks the protocol closes it. An unknown peer is ignored. */
  receive(peer: Peer, data: unknown): void {
    const quota = this.#audience.quotaOf(peer);
    if (quota === undefined) return;
    this.#counters.received++;
    try {
      quota.take(this.#clock.monotonicMs());
      this.#answer(peer, parseClientMessage(data));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#counters.protocolErrors++;
      this.#audience.close(peer, { code: error.code, reason: error.message });
    }
  }

  /**
   * Forgets a peer whose connection is gone; nothing if it is unknown. Whoever connects a peer calls this in
   * the end, also when the hub closed it, which counts towards the limit until then.
   */
  disconnect(peer: Peer): void {
    if (this.#audience.remove(peer)) this.#keep();
  }

  /**
   * Returns the present state, for a page that is rendered on the server. A client can resume from its
   * `seq` within `keepMs`.
   */
  snapshot(): SnapshotMessage {
    if (this.#feed.hasPending) this.#flush();
    this.#isResting = false;
    this.#keep();
    return this.#feed.snapshot();
  }

  /** Sends a new snapshot to all peers: after changes that no delta can tell, such as other metrics. */
  refresh(): void {
    this.#flushTimer.cancel();
    this.#feed.reset();
    this.#audience.renew();
  }

  /** Returns the numbers that each message carries. */
  stats(): LiveStats {
    return {
      samplesPerSecond: this.#source.samplesPerSecond(),
      peers: this.#audience.size,
      latencyMs: this.#latency.read(this.#clock.monotonicMs()),
      scenario: this.#scenario(),
    };
  }

  /** Tells soon what {@linkcode Hub.stats} returns, as something in it is another. */
  noteStats(): void {
    this.#watchStats();
  }

  /** Returns a copy of the counts. */
  counters(): Readonly<HubCounters> {
    return { ...this.#counters };
  }

  /** Returns how long changes took from their acceptance to the sockets, since the start. */
  deliveries(): DurationCounts {
    return this.#deliveries.read();
  }

  /** Closes all peers with 1012 and takes no more changes or peers; a second call does nothing. */
  stop(): void {
    this.#isStopped = true;
    this.#flushTimer.cancel();
    this.#audience.dismiss(STOPPING);
  }

  #keep(): void {
    this.#keepUntilMs = this.#clock.monotonicMs() + this.#limits.keepMs;
  }

  /** The state moves on without deltas from here, so no number given out so far can be resumed. */
  #rest(): void {
    if (this.#isResting) return;
    this.#isResting = true;
    this.#flushTimer.cancel();
    this.#feed.reset();
  }

  #flush(): void {
    this.#flushTimer.note();
    const delta = this.#feed.advance();
    this.#counters.frames++;
    if (this.#audience.size === 0) return;
    this.#statsTimer.postpone(this.#limits.statsMs);
    this.#audience.deliver(delta);
    const now = this.#clock.monotonicMs();
    this.#latency.record(delta.acceptedAtMs, now);
    for (const at of delta.acceptedAtMs) this.#deliveries.record(now - at);
  }

  /** Sees to it that the number of peers is told soon; without peers nothing is left to tell. */
  #watchStats(): void {
    if (this.#audience.size === 0) this.#statsTimer.cancel();
    else this.#statsTimer.lookWithin(this.#limits.statsSoonMs);
  }

  /** Tells the numbers if a peer knows others and no change is about to bring them. */
  #lookAtStats(): void {
    if (this.#feed.hasPending || this.#audience.knows(this.stats())) {
      this.#statsTimer.lookWithin(this.#limits.statsMs);
    } else this.#flush();
  }

  #answer(peer: Peer, message: ClientMessage): void {
    switch (message.type) {
      case "resume":
        return this.#resume(peer, message.seq);
      case "ping": {
        const pong = { type: "pong", id: message.id, at: this.#clock.now() } as const;
        return void this.#audience.send(peer, [toFrame(pong)]);
      }
    }
  }

  #resume(peer: Peer, seq: number | null): void {
    this.#audience.catchUp(peer, seq === null ? undefined : this.#feed.since(seq));
  }

  #stateFrames(): readonly Frame[] {
    const recent = this.#feed.recentFrames();
    if (recent !== undefined) return recent;
    if (this.#feed.hasPending) this.#flush();
    return [this.#feed.snapshotFrame()];
  }
}
