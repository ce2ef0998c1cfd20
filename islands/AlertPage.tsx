/**
 * One alert as a page.
 *
 * @module
 */

import "@/components/live_scripts.ts";
import type { Signal } from "@preact/signals";
import type { VNode } from "preact";

import { AlertStory } from "@/components/AlertStory.tsx";
import { cardId } from "@/components/addresses.ts";
import { useFreshDetail } from "@/components/fresh_detail.ts";
import { LiveRegions } from "@/components/LiveRegions.tsx";
import { StaleNote } from "@/components/StaleNote.tsx";
import { LocalTimes } from "@/components/Time.tsx";
import { useLive } from "@/components/use_live.ts";
import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";
import type { AlertDetail } from "@/lib/protocol/views.ts";
import * as words from "@/texts/alerts_page.ts";

interface AlertPageProps {
  /** The signal that all islands of the page share. */
  readonly initial: Signal<SnapshotMessage>;
  readonly detail: AlertDetail;
  /** Whether there is anybody to tell of alerts. */
  readonly hasReceivers: boolean;
}

/** Renders the story of an alert, then keeps it fresh. */
export default function AlertPage({ initial, detail, hasReceivers }: AlertPageProps): VNode {
  const store = useLive(initial);
  const fresh = useFreshDetail(detail, store);
  const { rule, service } = detail.alert;
  return (
    <div class="alert-page">
      <section class="verdict">
        <div>
          <p class="crumb">
            <a href="/alerts">{words.alerts}</a>
          </p>
          <h1 tabIndex={-1}>{rule}</h1>
          <p>{words.onService(<a href={`/#${cardId(service)}`}>{service}</a>)}</p>
        </div>
      </section>
      <StaleNote since={store.staleSince} />
      <LocalTimes now={store.now}>
        <AlertStory heading="h2" detail={fresh.value} store={store} hasReceivers={hasReceivers} />
      </LocalTimes>
      <LiveRegions urgent={store.urgent} calm={store.calm} />
    </div>
  );
}
