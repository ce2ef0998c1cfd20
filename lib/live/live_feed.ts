/**
 * The live feed: numbered deltas and the snapshots between which they lead. It knows nothing of peers, nor
 * of when a delta is due.
 *
 * @module
 */

import type { Change } from "@/lib/ports/change.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { DeltaMessage, SnapshotMessage } from "@/lib/protocol/live_message.ts";
import type { LiveStats } from "@/lib/protocol/views.ts";

import { type Frame, toFrame } from "./frame.ts";
import { FrameRing } from "./frame_ring.ts";
import type { HubLimits } from "./hub_limits.ts";
import type { HubSource } from "./hub_source.ts";
import { PendingChanges } from "./pending_changes.ts";

/** What a {@linkcode LiveFeed} needs. */
export interface LiveFeedOptions {
  /** For the first number, and for `at`. */
  readonly clock: Clock;
  /** Where the state is. */
  readonly source: HubSource;
  /** Bounds of what is held. */
  readonly limits: Pick<HubLimits, "heldFrames" | "heldBytes" | "flushMs">;
  /** Numbers for each message. */
  readonly stats: () => LiveStats;
}

/** A delta, and when the changes in it were accepted. */
export interface DeltaFrame extends Frame {
  /** `Clock.monotonicMs()` of the acceptance of each change, oldest first. */
  readonly acceptedAtMs: readonly number[];
}

interface MadeSnapshot {
  readonly message: SnapshotMessage;
  readonly madeAtMs: number;
  /** Written out when it is first sent; the page of a server-rendered request only needs the message. */
  frame?: Frame;
}

/**
 * Makes deltas and snapshots.
 *
 * The first number is the time of creation in milliseconds. Numbers rise far slower than time, so that a
 * number of an earlier process (with the clock not set back since) is below all numbers of this one: a
 * client that comes back after a restart is not held, and gets a snapshot.
 */
export class LiveFeed {
  readonly #options: LiveFeedOptions;
  readonly #pending = new PendingChanges();
  readonly #ring: FrameRing;
  #seq: number;
  #made: MadeSnapshot | undefined;

  /** Creates a feed that holds nothing yet. */
  constructor(options: LiveFeedOptions) {
    this.#options = options;
    this.#ring = new FrameRing(options.limits);
    this.#seq = options.clock.now();
  }

  /** Whether a change waits to be sent. */
  get hasPending(): boolean {
    return !this.#pending.isEmpty;
  }

  /** Takes a change for the next delta. */
  merge(change: Change): void {
    this.#pending.merge(change, this.#options.source);
  }

  /** Makes the next delta of all that is pending. */
  advance(): DeltaFrame {
    const { clock, source, stats } = this.#options;
    const body = this.#pending.describe(source);
    const { acceptedAtMs } = this.#pending;
    this.#pending.clear();
    this.#seq++;
    const delta: DeltaMessage = {
      type: "delta",
      seq: this.#seq,
      at: clock.now(),
      ...body,
      stats: stats(),
    };
    const frame = toFrame(delta);
    this.#ring.push(frame);
    // It may be megabytes, which nobody will use again.
    if (this.#made !== undefined && !this.#isRecent(this.#made)) this.#made = undefined;
    return { ...frame, acceptedAtMs };
  }

  /** Returns the deltas after `seq`; `undefined` if not all are held. */
  since(seq: number): readonly Frame[] | undefined {
    return this.#ring.since(seq, this.#seq);
  }

  /**
   * Returns the present state. Nothing may be pending, or the next delta would bring samples that the
   * snapshot already contains.
   */
  snapshot(): SnapshotMessage {
    return this.#present().message;
  }

  /** Returns the present state as a frame; nothing may be pending. */
  snapshotFrame(): Frame {
    return writeOut(this.#present());
  }

  /**
   * Returns a snapshot made a moment ago and the deltas since, which together are the state up to the last
   * delta; `undefined` if there is none. It keeps a rush of peers from making a snapshot each.
   */
  recentFrames(): readonly Frame[] | undefined {
    if (this.#made === undefined || !this.#isRecent(this.#made)) return undefined;
    const deltas = this.since(this.#made.message.seq);
    return deltas === undefined ? undefined : [writeOut(this.#made), ...deltas];
  }

  /** Breaks the chain: whatever is pending or held is forgotten, and no earlier number can be resumed. */
  reset(): void {
    this.#pending.clear();
    this.#ring.clear();
    this.#made = undefined;
    this.#seq++;
  }

  #present(): MadeSnapshot {
    if (this.#made?.message.seq === this.#seq && this.#isRecent(this.#made)) return this.#made;
    const { clock, source, stats } = this.#options;
    const message: SnapshotMessage = {
      type: "snapshot",
      seq: this.#seq,
      ...source.dashboard(),
      stats: stats(),
    };
    return this.#made = { message, madeAtMs: clock.monotonicMs() };
  }

  #isRecent(made: MadeSnapshot): boolean {
    const { clock, limits } = this.#options;
    return clock.monotonicMs() - made.madeAtMs < limits.flushMs;
  }
}

function writeOut(made: MadeSnapshot): Frame {
  return made.frame ??= toFrame(made.message);
}
