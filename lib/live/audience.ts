/**
 * The peers of the live hub: who is there, and what each gets that cannot keep up. It knows nothing of what
 * the frames say.
 *
 * @module
 */

import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";

import { decideDelivery } from "./delivery.ts";
import type { Frame } from "./frame.ts";
import type { HubCounters } from "./hub_counters.ts";
import type { HubLimits } from "./hub_limits.ts";
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
    this.#sessions.set(peer, { quota, needsSnapshot: false, excusedBytes: 0 });
    return true;
  }

  /** Forgets a peer that is gone; `false` if it was closed before or is unknown. */
  remove(peer: Peer): boolean {
    this.#closing.delete(peer);
    return this.#sessions.delete(peer);
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
    if (this.#sessions.delete(peer)) this.#closing.add(peer);
    closeQuietly(peer, fault);
  }

  /** Closes and forgets all peers, and ends the drain check. */
  dismiss(fault: Fault): void {
    this.#cancelDrainCheck?.();
    const peers = [...this.#sessions.keys()];
    this.#sessions.clear();
    for (const peer of peers) closeQuietly(peer, fault);
  }

  /** Sends deltas, or does what the peer's backlog calls for instead. */
  #offer(peer: Peer, session: Session, deltas: readonly Frame[]): void {
    const { limits, counters } = this.#options;
    const { bufferedBytes } = peer;
    if (bufferedBytes <= limits.softBytes) session.excusedBytes = 0;
    switch (decideDelivery({ ...session, bufferedBytes }, limits)) {
      case "deliver":
        return void this.send(peer, deltas);
      case "hold":
        return this.#hold(session);
      case "recover":
        return this.#sendState(peer, session);
      case "close":
        counters.closedSlow++;
        return this.close(peer, { code: 1013, reason: "Too slow: too much is waiting to be read" });
    }
  }

  #hold(session: Session): void {
    const { clock, limits, counters } = this.#options;
    if (!session.needsSnapshot) counters.lagging++;
    session.needsSnapshot = true;
    this.#cancelDrainCheck ??= clock.after(limits.drainCheckMs, () => this.#checkDrained());
  }

  #checkDrained(): void {
    this.#cancelDrainCheck = undefined;
    for (const [peer, session] of this.#sessions) {
      if (session.needsSnapshot) this.#offer(peer, session, []);
    }
  }

  #sendState(peer: Peer, session: Session): void {
    const frames = this.#options.stateFrames();
    // A delta that went to all on the way to those frames has brought this peer its snapshot already.
    if (!session.needsSnapshot) return;
    session.needsSnapshot = false;
    const { bufferedBytes } = peer;
    if (!this.send(peer, frames)) return;
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
