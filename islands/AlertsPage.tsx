/**
 * The page of alerts: those of now, the history, silences, and who is told.
 *
 * @module
 */

import "@/components/live_scripts.ts";
import { type Signal, useComputed, useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { AlertsPageStatus } from "@/components/AlertsPageStatus.tsx";
import { AlertsHead } from "@/components/alerts/AlertsHead.tsx";
import { DeliveryPart } from "@/components/alerts/DeliveryPart.tsx";
import { HistoryPart } from "@/components/alerts/HistoryPart.tsx";
import { NowPart } from "@/components/alerts/NowPart.tsx";
import { SilencesPart } from "@/components/alerts/SilencesPart.tsx";
import type { AlertsData, AlertsQuery } from "@/components/alerts_data.ts";
import { fetchAlertsData } from "@/components/fresh_alerts.ts";
import { LiveRegions } from "@/components/LiveRegions.tsx";
import { StaleNote } from "@/components/StaleNote.tsx";
import { LocalTimes } from "@/components/Time.tsx";
import { useLive } from "@/components/use_live.ts";
import { useRefetch } from "@/components/use_refetch.ts";
import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";

interface AlertsPageProps {
  /** The signal that all islands of the page share. */
  readonly initial: Signal<SnapshotMessage>;
  readonly query: AlertsQuery;
  readonly data: AlertsData;
  /** Whether there is anybody to tell of alerts. */
  readonly hasReceivers: boolean;
}

/** While messages are under way they move without any alert that changes, in milliseconds. */
const DELIVERY_AGE_MS = 3_000;

/** Renders the part that is asked for, then keeps it fresh. */
export default function AlertsPage(props: AlertsPageProps): VNode {
  const { initial, query, hasReceivers } = props;
  const store = useLive(initial);
  const data = useSignal(props.data);
  const isStale = useComputed(() => store.staleSince.value !== null);
  const refetch = async () => {
    const fresh = await fetchAlertsData(query);
    if (fresh !== undefined) data.value = fresh;
  };
  useRefetch({
    store,
    watch: () => store.alerts.value,
    maxAgeMs: () => query.part === "delivery" ? DELIVERY_AGE_MS : Infinity,
    refetch,
  });
  return (
    <div class="alerts-page" data-stale={isStale}>
      <LocalTimes now={store.now}>
        <AlertsHead store={store} query={query} data={data.value} />
        <StaleNote since={store.staleSince} />
        {query.part === "now" && (
          <NowPart
            store={store}
            hasReceivers={hasReceivers}
            query={query}
          />
        )}
        {query.part === "history" && <HistoryPart query={query} page={data.value.history} />}
        {query.part === "silences" && (
          <SilencesPart store={store} data={data.value} onChange={refetch} />
        )}
        {query.part === "delivery" && (
          <DeliveryPart query={query} data={data.value} onChange={refetch} />
        )}
      </LocalTimes>
      <LiveRegions urgent={store.urgent} calm={store.calm} />
      <AlertsPageStatus store={store} />
    </div>
  );
}
