/**
 * Bounds how many runs are under way, so that those that hang are not in the way of the others: whatever takes
 * long moves to a lane of its own, and begins there the next time. Those of which nothing is known yet have a lane
 * as well: many that hang from the start would else be in the way of those that have been quick.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";

/** Something that is run again and again, never twice at once. */
export interface LaneJob {
  /** Does it once. Never rejects. */
  readonly run: () => Promise<void>;
}

/** How much room there is. */
export interface LaneLimits {
  /** How many first runs are under way at once. @default {256} */
  readonly untried: number;
  /** How many runs of those that were quick the last time are under way beside them. @default {256} */
  readonly quick: number;
  /** How many slow runs are under way beside them. @default {512} */
  readonly slow: number;
  /** A run is slow when it has taken so long, in milliseconds. @default {1000} */
  readonly slowAfterMs: number;
}

/** Room for quick answers from a thousand places a second. Deno takes as many sockets as the hard limit gives. */
export const DEFAULT_LANE_LIMITS: LaneLimits = {
  ...{ untried: 256, quick: 256, slow: 512 },
  slowAfterMs: 1_000,
};

interface Lane {
  readonly limit: number;
  readonly waiting: Set<LaneJob>;
  running: number;
}

/** Runs jobs in the order in which they come, as far as there is room in their lane. */
export class RunLanes {
  readonly #clock: Clock;
  readonly #limits: LaneLimits;
  readonly #untried: Lane;
  readonly #quick: Lane;
  readonly #slow: Lane;
  /** The lanes of those that have run, by how their last run was. */
  readonly #laneOf = new WeakMap<LaneJob, Lane>();
  /** Slow runs that there was no room for in the slow lane yet, and what takes them there. */
  readonly #overdue = new Map<LaneJob, () => void>();

  /** Creates empty lanes. */
  constructor(clock: Clock, limits: LaneLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#untried = { limit: limits.untried, waiting: new Set(), running: 0 };
    this.#quick = { limit: limits.quick, waiting: new Set(), running: 0 };
    this.#slow = { limit: limits.slow, waiting: new Set(), running: 0 };
  }

  /** Runs a job that is neither waiting nor under way, as soon as there is room. */
  enter(job: LaneJob): void {
    const lane = this.#laneOf.get(job) ?? this.#untried;
    lane.waiting.add(job);
    this.#fill();
  }

  /** Whether a job waits for room. */
  isWaiting(job: LaneJob): boolean {
    return this.#lanes().some(({ waiting }) => waiting.has(job));
  }

  /** Takes back a job that waits; one that is under way goes on. */
  withdraw(job: LaneJob): void {
    for (const { waiting } of this.#lanes()) waiting.delete(job);
  }

  #lanes(): readonly Lane[] {
    return [this.#quick, this.#untried, this.#slow];
  }

  #fill(): void {
    for (const move of this.#overdue.values()) {
      if (this.#slow.running >= this.#slow.limit) break;
      move();
    }
    for (const lane of this.#lanes()) {
      for (const job of lane.waiting) {
        if (lane.running >= lane.limit) break;
        lane.waiting.delete(job);
        void this.#run(job, lane);
      }
    }
  }

  async #run(job: LaneJob, lane: Lane): Promise<void> {
    const run = { lane, isSlow: false };
    lane.running++;
    const cancel = this.#clock.after(this.#limits.slowAfterMs, () => {
      run.isSlow = true;
      if (run.lane === this.#slow) return;
      this.#overdue.set(job, () => {
        this.#overdue.delete(job);
        run.lane.running--;
        run.lane = this.#slow;
        run.lane.running++;
      });
      this.#fill();
    });
    await job.run();
    cancel();
    this.#overdue.delete(job);
    run.lane.running--;
    this.#laneOf.set(job, run.isSlow ? this.#slow : this.#quick);
    this.#fill();
  }
}
