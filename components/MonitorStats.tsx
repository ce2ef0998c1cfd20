/**
 * How Vitals itself is doing, in a line.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import type { LiveStats } from "@/lib/protocol/views.ts";
import * as words from "@/texts/dashboard.ts";
import { formatNumber } from "@/texts/language.ts";

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
  return [words.toSocket(formatNumber(p50, 1), formatNumber(p99, 1))];
}

function viewersText(peers: number): string[] {
  return peers === 0 ? [] : [words.viewers(peers)];
}
