/**
 * One service: how it is, and how it was.
 *
 * @module
 */

import "@/components/live_scripts.ts";
import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";

import type { ActContext } from "@/components/AlertButtons.tsx";
import { AlertRow } from "@/components/AlertRow.tsx";
import { cardId } from "@/components/addresses.ts";
import type { LiveStore } from "@/components/live_store.ts";
import { LiveRegions } from "@/components/LiveRegions.tsx";
import { type AxisFormat, createAxisFormat } from "@/components/service/axis_format.ts";
import { findCharted } from "@/components/service/chart_model.ts";
import { Patterns } from "@/components/service/ChartGround.tsx";
import { EventList } from "@/components/service/EventList.tsx";
import { findLimits } from "@/components/service/limits.ts";
import type { PastAnswer } from "@/components/service/past_data.ts";
import type { PastStore } from "@/components/service/past_store.ts";
import { SeriesChart } from "@/components/service/SeriesChart.tsx";
import { ServiceHead } from "@/components/service/ServiceHead.tsx";
import { ServicePageStatus } from "@/components/service/ServicePageStatus.tsx";
import type { PlotKeys } from "@/components/service/SeriesPlot.tsx";
import { StatusTimeline } from "@/components/service/StatusTimeline.tsx";
import { usePast, useService } from "@/components/service/use_past.ts";
import { WindowBar } from "@/components/service/WindowBar.tsx";
import { StaleNote } from "@/components/StaleNote.tsx";
import { LocalTimes } from "@/components/Time.tsx";
import { useLive } from "@/components/use_live.ts";
import { summariseAlerts } from "@/lib/domain/alert_group.ts";
import { type WindowChoice, zoomBy, zoomOut, zoomTo } from "@/lib/domain/time_window.ts";
import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";
import type { LiveService } from "@/lib/protocol/live_state.ts";
import { activeAlerts } from "@/texts/cards.ts";
import * as words from "@/texts/service_page.ts";

interface ServicePageProps {
  /** The signal that all islands of the page share. */
  readonly initial: Signal<SnapshotMessage>;
  readonly name: string;
  readonly choice: WindowChoice;
  /** What is known of the window, or why it is not. */
  readonly answer: PastAnswer;
  /** Where older events are without scripts; `null` if there are none. */
  readonly olderPath: string | null;
  /** Whether there is anybody to tell of alerts. */
  readonly hasReceivers: boolean;
}

/** Renders the service as it was given, then goes live. It renders once; its parts follow their signals. */
export default function ServicePage(props: ServicePageProps): VNode {
  const { initial, name, choice, answer, olderPath, hasReceivers } = props;
  const store = useLive(initial);
  const service = useService(name, store);
  const { past, choose } = usePast(name, store, { choice, answer, now: initial.peek().at });
  const isStale = useComputed(() => store.staleSince.value !== null);
  const parts = { store, past, choose, service, format: useAxisFormat() };
  return (
    <div class="service-page" data-stale={isStale}>
      <LocalTimes now={store.now}>
        <Head {...parts} />
        <StaleNote since={store.staleSince} />
        <GoneNote store={store} name={name} />
        <Windows {...parts} />
        <Failure past={past} />
        <Patterns />
        <div class="service-layout">
          <div class="charts">
            <Statuses {...parts} />
            <Charts {...parts} />
          </div>
          <Alerts store={store} name={name} hasReceivers={hasReceivers} />
          <Events {...parts} olderPath={olderPath} />
        </div>
      </LocalTimes>
      <LiveRegions urgent={store.urgent} calm={store.calm} />
      <ServicePageStatus service={service} />
    </div>
  );
}

interface Parts {
  readonly store: LiveStore;
  readonly past: PastStore;
  readonly choose: (choice: WindowChoice) => void;
  /** `undefined` only where the page knows nothing of the service. */
  readonly service: ReadonlySignal<LiveService | undefined>;
  readonly format: ReadonlySignal<AxisFormat>;
}

/** Times are in UTC until the scripts run, then in those of the reader's place. */
function useAxisFormat(): ReadonlySignal<AxisFormat> {
  const zone = useSignal<"UTC" | "local">("UTC");
  useEffect(() => {
    zone.value = "local";
  }, [zone]);
  return useComputed(() => createAxisFormat(zone.value));
}

function Head({ store, past, service }: Parts): VNode | null {
  if (service.value === undefined) return null;
  const { uptime } = past.timeline.value;
  return <ServiceHead service={service.value} store={store} uptime={uptime} />;
}

function GoneNote({ store, name }: { readonly store: LiveStore; readonly name: string }) {
  const isGone = useComputed(() => !store.names.value.includes(name));
  if (!isGone.value) return null;
  return (
    <p class="stale-note">
      {words.gone(name, (text) => <b>{text}</b>)}
    </p>
  );
}

function Windows({ store, past, choose }: Parts): VNode {
  const zoom = (factor: number) => choose(zoomAround(past, factor));
  const isStale = store.staleSince.value !== null;
  return <WindowBar {...{ choose, isStale }} choice={past.choice.value} onZoom={zoom} />;
}

/** Returns the choice with so many times as much time, around the cursor or the middle. */
function zoomAround({ choice, shown, cursor, now }: PastStore, factor: number): WindowChoice {
  const { from, to } = shown.peek();
  const around = cursor.peek() ?? (from + to) / 2;
  return zoomBy(choice.peek(), factor, { around, now });
}

function Failure({ past }: { readonly past: PastStore }): VNode | null {
  if (past.failure.value === null) return null;
  return (
    <div class="failure" role="alert">
      <p>{past.failure.value}</p>
      <p>
        <a class="ghost" href="" onClick={(event) => retry(event, past)}>{words.tryAgain}</a>
      </p>
    </div>
  );
}

/** Without scripts the link loads the page again. */
function retry(event: MouseEvent, past: PastStore): void {
  event.preventDefault();
  past.retry();
}

function Statuses({ past, format }: Parts): VNode {
  return (
    <StatusTimeline
      timeline={past.timeline.value}
      shown={past.shown.value}
      format={format.value}
      isLoading={past.isLoading.value}
    />
  );
}

function Charts({ store, past, choose, service, format }: Parts): VNode {
  const live = service.value?.metrics ?? {};
  const name = service.value?.name;
  const keys = useMemo(() => keysOf(past, choose), [past, choose]);
  const metrics = findCharted(store.metrics.value, { history: past.history.value, live });
  const alerts = store.alerts.value.filter((alert) => alert.service === name);
  if (metrics.length === 0) {
    return <NoMetrics wasHeard={(service.value?.lastHeartbeat ?? null) !== null} />;
  }
  return (
    <>
      {metrics.map((metric) => (
        <SeriesChart
          key={metric.id}
          metric={metric}
          past={past}
          limits={findLimits(metric, { live: live[metric.id], alerts })}
          format={format.value}
          lastAt={live[metric.id]?.points.at(-1)?.at ?? null}
          keys={keys}
        />
      ))}
    </>
  );
}

function keysOf(past: PastStore, choose: Parts["choose"]): PlotKeys {
  return {
    onCursor: (at) => past.cursor.value = at,
    onZoom: (span) => choose(zoomTo(past.choice.peek(), span, past.now)),
    onZoomBy: (factor) => choose(zoomAround(past, factor)),
    onReset: () => {
      if (past.choice.peek().zoom !== null) choose(zoomOut(past.choice.peek()));
    },
  };
}

function NoMetrics({ wasHeard }: { readonly wasHeard: boolean }): VNode {
  return (
    <section class="panel" aria-label={words.charts}>
      <p class="quiet">
        <b>
          {wasHeard ? words.heartbeatsAlone : words.nothingHeard}
        </b>{" "}
        {words.onceItSends}
      </p>
    </section>
  );
}

interface AlertsProps extends ActContext {
  readonly name: string;
}

/** Nothing stands here while nothing is wrong: the events say what was. */
function Alerts({ store, name, hasReceivers }: AlertsProps): VNode | null {
  const alerts = store.alerts.value.filter((alert) => alert.service === name);
  if (alerts.length === 0) return null;
  return (
    <section class="panel active" aria-labelledby="active-title">
      <header>
        <h2 id="active-title">{activeAlerts}</h2>
        <span>{summariseAlerts(alerts)}</span>
      </header>
      <ul>
        {alerts.map((alert) => (
          <AlertRow
            key={alert.id}
            alert={alert}
            store={store}
            hasReceivers={hasReceivers}
            serviceHref={`/#${cardId(name)}`}
          />
        ))}
      </ul>
    </section>
  );
}

function Events({ past, choose, olderPath }: Parts & Pick<ServicePageProps, "olderPath">): VNode {
  return (
    <EventList
      events={past.events.value}
      hasOlder={past.hasOlder.value}
      choice={past.choice.value}
      shown={past.loadedSpan.value}
      now={past.now}
      choose={choose}
      onOlder={() => past.loadOlder()}
      olderPath={olderPath}
    />
  );
}
