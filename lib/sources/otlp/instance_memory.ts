/**
 * What one instance of a service, mostly a process, said in its exports so far.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import { type Measure, sizeOf } from "@/lib/domain/otlp/measure.ts";
import {
  advanceMetric,
  type MetricMemory,
  type ObservedGrowth,
  observeMetric,
  spanOf,
} from "@/lib/domain/otlp/metric_memory.ts";
import type { SummedGrowth } from "@/lib/domain/otlp/summed_growth.ts";

/** One export of an instance. */
export interface InstanceExport {
  /** When it was taken. */
  readonly at: Instant;
  /** Its measures by name of metric. */
  readonly metrics: ReadonlyMap<string, readonly Measure[]>;
  /** When it arrived, in monotonic milliseconds. */
  readonly arrivedAtMs: number;
  /** From one export to the next, in milliseconds. */
  readonly intervalMs: number;
}

/** What an instance is observed with. */
export interface ObserveInstance {
  /** Where what is summed is added to. */
  readonly sums: SummedGrowth;
  /** Tells whether something of this name is summed. */
  readonly leavesOut: (name: string) => boolean;
}

/** Holds the newest export of each metric, and what is needed to tell how it grew. */
export class InstanceMemory {
  readonly #labels: Readonly<Record<string, string>>;
  readonly #metrics = new Map<string, MetricMemory>();
  #at: Instant | null = null;
  #previousAt: Instant | null = null;
  #arrivedAtMs = 0;

  /** Begins with nothing; `labels` tell it from other instances. */
  constructor(labels: Readonly<Record<string, string>>) {
    this.#labels = labels;
  }

  /** When it was last heard of, in monotonic milliseconds. */
  get arrivedAtMs(): number {
    return this.#arrivedAtMs;
  }

  /** How many values are held. */
  get valueCount(): number {
    let count = 0;
    for (const { current, gone } of this.#metrics.values()) {
      for (const { measure } of current.values()) count += sizeOf(measure);
      for (const { measure } of gone.values()) count += sizeOf(measure);
    }
    return count;
  }

  /** Takes an export, and returns the names of the metrics that it brought news of. */
  take({ at, metrics, arrivedAtMs, intervalMs }: InstanceExport): readonly string[] {
    this.#arrivedAtMs = arrivedAtMs;
    this.#turn(at, intervalMs);
    const context = { at, previousAt: this.#previousAt, freshMs: 2 * intervalMs };
    return [...metrics].flatMap(([name, measures]) => {
      const before = this.#metrics.get(name) ?? null;
      const after = advanceMetric(before, measures, context);
      this.#metrics.set(name, after);
      return after === before ? [] : [name];
    });
  }

  /** Returns the longest time over which these metrics grew, in milliseconds; 0 if none did. */
  spanOf(names: readonly string[]): number {
    return Math.max(
      0,
      ...names.map((name) => {
        const memory = this.#metrics.get(name);
        return memory === undefined ? 0 : spanOf(memory);
      }),
    );
  }

  /**
   * Returns what it said last of each metric, and what it would have said so much earlier. What is summed is
   * added to the sums instead.
   */
  observe(spanMs: number, { sums, leavesOut }: ObserveInstance): readonly ObservedGrowth[] {
    return [...this.#metrics].map(([name, memory]) => {
      const options = { name, labels: this.#labels, spanMs, leavesOut };
      sums.add(memory, options);
      return observeMetric(memory, options);
    });
  }

  /** What arrives close together was observed together: senders split it. */
  #turn(at: Instant, intervalMs: number): void {
    if (this.#at !== null && at - this.#at < intervalMs / 2) return;
    this.#previousAt = this.#at;
    this.#at = at;
  }
}
