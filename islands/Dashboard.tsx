/**
 * The dashboard: verdict, cards, alerts.
 *
 * @module
 */

import "@/components/live_scripts.ts";
import { type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { VNode } from "preact";
import { useCallback } from "preact/hooks";

import { AlertsPanel } from "@/components/AlertsPanel.tsx";
import { CardGrid, NO_FILTER } from "@/components/CardGrid.tsx";
import { LiveRegions } from "@/components/LiveRegions.tsx";
import { MonitorStats } from "@/components/MonitorStats.tsx";
import { PageStatus } from "@/components/PageStatus.tsx";
import { StaleNote } from "@/components/StaleNote.tsx";
import { useLive } from "@/components/use_live.ts";
import { Verdict } from "@/components/Verdict.tsx";
import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";

interface DashboardProps {
  /** The signal that all islands of the page share. */
  readonly initial: Signal<SnapshotMessage>;
  /** Scheme, host and port that this server was reached by. */
  readonly origin: string;
  /** Whether there is anybody to tell of alerts. */
  readonly hasReceivers: boolean;
}

/** Renders the state it was given, then goes live. It renders once; its parts follow their signals. */
export default function Dashboard({ initial, origin, hasReceivers }: DashboardProps): VNode {
  const store = useLive(initial);
  const filter = useSignal(NO_FILTER);
  const isStale = useComputed(() => store.staleSince.value !== null);
  // Only a page with a scenario carries its bar; if that does not load, the next message tries again.
  useSignalEffect(() => {
    if (store.stats.value.scenario) {
      import("@/components/ScenarioBar.tsx").then((code) => code.showBar(store), () => {});
    }
  });
  const showAll = useCallback(() => filter.value = NO_FILTER, [filter]);
  return (
    <div class="dashboard" data-stale={isStale}>
      <Verdict store={store} />
      <StaleNote since={store.staleSince} />
      <div class="layout">
        <CardGrid store={store} filter={filter} origin={origin} />
        <AlertsPanel store={store} hasReceivers={hasReceivers} onFollow={showAll} />
      </div>
      <MonitorStats stats={store.stats} />
      <LiveRegions urgent={store.urgent} calm={store.calm} />
      <PageStatus counts={store.counts} />
    </div>
  );
}
