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

/**
 * Renders the latency from a sample's acceptance to the socket, and how many people watch. It leaves out
 * either that is not known: who reads this page watches, so 0 viewers means that it is not connected yet.
 */
export function MonitorStats({ stats }: MonitorStatsProps): VNode {
  const { latencyMs, peers } = stats.value;
  return (
    <p class="stats">
      {[...latencyText(latencyMs), ...viewersText(peers)].join(" · ")}
    </p>
  );
}

function latencyText(latencyMs: LiveStats["latencyMs"]): string[] {
  if (latencyMs === null) return [];
  const { p50, p99 } = latencyMs;
  return [`Sample to socket: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`];
}

function viewersText(peers: number): string[] {
  if (peers === 0) return [];
  return [peers === 1 ? "1 live viewer" : `${peers} live viewers`];
}
