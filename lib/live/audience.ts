/**
 * The peers of the live hub: who is there, and what each gets that cannot keep up. It knows nothing of what
 * the frames say.
 *
 * @module
 */

import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { LiveStats } from "@/lib/protocol/views.ts";

import { decideDelivery } from "./delivery.ts";
import type { Frame } from "./frame.ts";
import type { HubCounters } from "./hub_counters.ts";
import type { HubLimits } from "./hub_limits.ts";
import { equalStats } from "./equal_stats.ts";
import { MessageQuota } from "./message_quota.ts";
import type { Peer } from "./peer.ts";

/** What an {@linkcode Audience} needs. */
export interface AudienceOptions {
  /** For the drain check. */
  readonly clock: Clock;
  /** Takes the peers that are closed for a fault. */
  readonly log: Log;
  /** The bounds of each peer. */
  readonly limits: HubLimits;
  /** Where it counts. */
  readonly counters: HubCounters;
  /** Returns a snapshot and what followed it; this may send a delta to all first. */
  readonly stateFrames: () => readonly Frame[];
  /** Hears that there are more peers now, or fewer. */
  readonly resized: () => void;
}

/** Why a peer is closed. */
export interface Fault {
  /** The close code. */
  readonly code: number;
  /** The reason in the close frame, at most 123 bytes. */
  readonly reason: string;
  /** The error behind it, for the log. */
  readonly error?: string;
}

/** What is known of one peer. */
interface Session {
  readonly quota: MessageQuota;
  /** Whether it needs a snapshot before it can take deltas: it is new, or was left out. */
  needsSnapshot: boolean;
  /** See `Backlog.excusedBytes`. */
  excusedBytes: number;
  /** `Clock.monotonicMs()` since when more waits than the soft bound, or a snapshot is owed. */
  heldSinceMs: number | undefined;
  /** The numbers it was told last; `null` if they are not known. */
  stats: LiveStats | null;
}

/** Holds the peers, at most `limits.peers` of them, and hands frames to them. */
export class Audience {
  readonly #options: AudienceOptions;
  readonly #sessions = new Map<Peer, Session>();
  /** Peers that were closed and are not gone yet: what they did not read still takes memory. */
  readonly #closing = new Set<Peer>();
  #cancelDrainCheck: Cancel | undefined;

  /** Creates an empty audience. */
  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  /** How many peers there are. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Adds a peer, to which nothing is sent until {@linkcode Audience.catchUp}; `false` when full. */
  add(peer: Peer): boolean {
    const { limits } = this.#options;
    if (this.#sessions.size + this.#closing.size >= limits.peers) return false;
    const quota = new MessageQuota(limits);
    this.#sessions.set(peer, {
      quota,
      needsSnapshot: false,
      excusedBytes: 0,
      heldSinceMs: undefined,
      stats: null,
    });
    this.#options.resized();
    return true;
  }

  /** Forgets a peer that is gone; `false` if it was closed before or is unknown. */
  remove(peer: Peer): boolean {
    this.#closing.delete(peer);
    const wasThere = this.#sessions.delete(peer);
    if (wasThere) this.#options.resized();
    return wasThere;
  }

  /** Whether every peer was told these numbers, save those that will get a snapshot. */
  knows(stats: LiveStats): boolean {
    return this.#sessions.values().every((session) =>
      session.needsSnapshot || equalStats(session.stats, stats)
    );
  }

  /** Returns what is left of a peer's right to speak; `undefined` if it is unknown. */
  quotaOf(peer: Peer): MessageQuota | undefined {
    return this.#sessions.get(peer)?.quota;
  }

  /** Sends the deltas that a peer missed, or a snapshot when they are not known. */
  catchUp(peer: Peer, missed: readonly Frame[] | undefined): void {
    const session = this.#sessions.get(peer);
    if (session === undefined) return;
    if (missed === undefined) session.needsSnapshot = true;
    if (!session.needsSnapshot) this.#options.counters.resumes++;
    this.#offer(peer, session, missed ?? []);
  }

  /** Sends a delta to every peer that can take it. */
  deliver(delta: Frame): void {
    const deltas = [delta];
    for (const [peer, session] of this.#sessions) this.#offer(peer, session, deltas);
  }

  /** Sends a snapshot to every peer, at once or when it has drained. */
  renew(): void {
    for (const peer of this.#sessions.keys()) this.catchUp(peer, undefined);
  }

  /** Sends frames whatever waits already; closes the peer and returns `false` if that fails. */
  send(peer: Peer, frames: readonly Frame[]): boolean {
    const { counters } = this.#options;
    try {
      for (const { text, bytes } of frames) {
        peer.send(text);
        counters.sent++;
        counters.sentBytes += bytes;
      }
      return true;
    } catch (error) {
      counters.failedSends++;
      this.close(peer, { code: 1011, reason: "Sending failed", error: String(error) });
      return false;
    }
  }

  /** Closes a peer. It counts towards `limits.peers` until {@linkcode Audience.remove} says it is gone. */
  close(peer: Peer, fault: Fault): void {
    this.#options.log.warn("live peer closed", { ...fault });
    if (this.#sessions.delete(peer)) {
      this.#closing.add(peer);
      this.#options.resized();
    }
    closeQuietly(peer, fault);
  }

  /** Closes and forgets all peers, and ends the drain check. */
  dismiss(fault: Fault): void {
    this.#cancelDrainCheck?.();
    const peers = [...this.#sessions.keys()];
    this.#sessions.clear();
    this.#options.resized();
    for (const peer of peers) closeQuietly(peer, fault);
  }

  #offer(peer: Peer, session: Session, deltas: readonly Frame[]): void {
    this.#serve(peer, session, deltas);
    if (this.#sessions.has(peer)) this.#watch(peer, session);
  }

  /** Sends deltas, or does what the peer's backlog calls for instead. */
  #serve(peer: Peer, session: Session, deltas: readonly Frame[]): void {
    const { limits } = this.#options;
    const { bufferedBytes } = peer;
    if (bufferedBytes <= limits.softBytes) session.excusedBytes = 0;
    switch (decideDelivery({ ...session, bufferedBytes }, limits)) {
      case "deliver":
        return void this.#tell(peer, session, deltas);
      case "hold":
        return this.#hold(session);
      case "recover":
        return this.#sendState(peer, session);
      case "close":
        return this.#giveUp(peer, "Too slow: too much is waiting to be read");
    }
  }

  /** Closes a peer that has been behind for `heldMs`, and has those that are looked at again. */
  #watch(peer: Peer, session: Session): void {
    const { clock, limits } = this.#options;
    if (!session.needsSnapshot && peer.bufferedBytes <= limits.softBytes) {
      session.heldSinceMs = undefined;
      return;
    }
    const nowMs = clock.monotonicMs();
    session.heldSinceMs ??= nowMs;
    if (nowMs - session.heldSinceMs >= limits.heldMs) {
      return this.#giveUp(peer, "Too slow: what was sent has not been read for too long");
    }
    this.#cancelDrainCheck ??= clock.after(limits.drainCheckMs, () => this.#checkDrained());
  }

  #giveUp(peer: Peer, reason: string): void {
    this.#options.counters.closedSlow++;
    this.close(peer, { code: 1013, reason });
  }

  #tell(peer: Peer, session: Session, frames: readonly Frame[]): boolean {
    session.stats = frames.at(-1)?.stats ?? session.stats;
    return this.send(peer, frames);
  }

  #hold(session: Session): void {
    if (!session.needsSnapshot) this.#options.counters.lagging++;
    session.needsSnapshot = true;
  }

  #checkDrained(): void {
    this.#cancelDrainCheck = undefined;
    for (const [peer, session] of this.#sessions) {
      if (session.needsSnapshot) this.#offer(peer, session, []);
      else this.#watch(peer, session);
    }
  }

  #sendState(peer: Peer, session: Session): void {
    const frames = this.#options.stateFrames();
    // A delta that went to all on the way to those frames has brought this peer its snapshot already.
    if (!session.needsSnapshot) return;
    session.needsSnapshot = false;
    session.heldSinceMs = undefined;
    const { bufferedBytes } = peer;
    if (!this.#tell(peer, session, frames)) return;
    this.#options.counters.snapshots++;
    session.excusedBytes = Math.max(0, peer.bufferedBytes - bufferedBytes);
  }
}

/** Closes a peer that is of no more interest, whatever state its connection is in. */
export function closeQuietly(peer: Peer, fault: Fault): void {
  try {
    peer.close(fault.code, fault.reason);
  } catch {
    // It is gone already, which is what was wanted.
  }
}
