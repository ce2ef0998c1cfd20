/**
 * The latency of the last minute or so: from the acceptance of a sample to its frame handed to the sockets.
 *
 * @module
 */

import { LatencyHistogram } from "@/lib/domain/latency_histogram.ts";
import type { LiveStats } from "@/lib/protocol/views.ts";

/** The window is two halves of this length; the older one falls away whole. */
const HALF_MS = 30_000;

/** Slides a {@linkcode LatencyHistogram} over time. `nowMs` is always `Clock.monotonicMs()`. */
export class LatencyWindow {
  readonly #histogram = new LatencyHistogram();
  #halfStartMs: number;

  /** Creates an empty window. */
  constructor(nowMs: number) {
    this.#halfStartMs = nowMs;
  }

  /** Counts what was accepted at the given instants and is on its way now. */
  record(acceptedAtMs: readonly number[], nowMs: number): void {
    this.#slide(nowMs);
    for (const at of acceptedAtMs) this.#histogram.record(nowMs - at);
  }

  /** Returns the median and the 99th percentile; `null` if nothing was counted lately. */
  read(nowMs: number): LiveStats["latencyMs"] {
    this.#slide(nowMs);
    const p50 = this.#histogram.quantile(0.5);
    const p99 = this.#histogram.quantile(0.99);
    if (p50 === undefined || p99 === undefined) return null;
    return { p50: toMicroseconds(p50), p99: toMicroseconds(p99) };
  }

  #slide(nowMs: number): void {
    const halves = Math.floor((nowMs - this.#halfStartMs) / HALF_MS);
    for (let turn = 0; turn < Math.min(halves, 2); turn++) this.#histogram.rotate();
    this.#halfStartMs += halves * HALF_MS;
  }
}

/** Three digits after the point: what is measured is no finer, and the frame stays short. */
function toMicroseconds(durationMs: number): number {
  return Math.round(durationMs * 1_000) / 1_000;
}
