/**
 * How Vitals itself is doing, in a line.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import type { LiveStats } from "@/lib/protocol/views.ts";

/** Props of {@linkcode MonitorStats}. */
export interface MonitorStatsProps {
  readonly stats: ReadonlySignal<LiveStats>;
}

/** Renders the latency from a sample's acceptance to the socket, and how many people watch. */
export function MonitorStats({ stats }: MonitorStatsProps): VNode {
  const { latencyMs, peers } = stats.value;
  return (
    <p class="stats">
      {latencyMs !== null && (
        <>
          Sample to socket: p50 {latencyMs.p50.toFixed(1)} ms, p99 {latencyMs.p99.toFixed(1)} ms
          {" · "}
        </>
      )}
      {peers === 1 ? "1 live viewer" : `${peers} live viewers`}
    </p>
  );
}
