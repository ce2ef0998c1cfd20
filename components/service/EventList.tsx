/**
 * What happened to a service, newest first.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import { centreOn, type WindowChoice } from "@/lib/domain/time_window.ts";
import type { EventView } from "@/lib/protocol/history_views.ts";
import * as words from "@/texts/service_page.ts";

import { alertPath } from "../addresses.ts";
import { Time } from "../Time.tsx";
import { ChoiceLink, type Choose } from "./ChoiceLink.tsx";
import { describeEvent } from "./event_words.ts";

/** Props of {@linkcode EventList}. */
export interface EventListProps {
  readonly events: readonly EventView[];
  readonly hasOlder: boolean;
  readonly choice: WindowChoice;
  readonly shown: TimeSpan;
  readonly now: Instant;
  readonly choose: Choose;
  readonly onOlder: () => Promise<void>;
  /** Where older events are without scripts. */
  readonly olderPath: string | null;
}

/** Renders the events. Each leads to the window around it; those of alerts to the alert as well. */
export function EventList(props: EventListProps): VNode {
  const { events, hasOlder } = props;
  return (
    <section class="panel events" aria-labelledby="events-title">
      <header>
        <h2 id="events-title" tabIndex={-1}>{words.events}</h2>
        <span>{words.newestFirst}</span>
      </header>
      {events.length === 0
        ? (
          <p class="quiet">
            {words.noEvents}
          </p>
        )
        : (
          <ol class="event-list" role="list">
            {events.map((event) => <EventRow key={event.id} event={event} {...props} />)}
          </ol>
        )}
      {hasOlder && <Older {...props} />}
    </section>
  );
}

type EventRowProps = Omit<EventListProps, "events"> & { readonly event: EventView };

function EventRow({ event, choice, shown, now, choose }: EventRowProps): VNode {
  const { title, what, why, tone, mark } = describeEvent(event);
  const isMarked = choice.mark === event.at;
  const isShown = event.at >= shown.from && event.at < shown.to;
  return (
    <li data-tone={tone} data-shown={isShown} aria-current={isMarked ? "true" : undefined}>
      <span class="sign" aria-hidden="true">{mark}</span>
      <div>
        <p>
          <b>{title}</b> {what}
        </p>
        {why !== "" && <p class="why">{why}</p>}
        <p class="links">
          <ChoiceLink choice={centreOn(choice, event.at, now)} choose={choose}>
            <Time key={event.at} at={event.at} exact />
            <span class="unseen">{words.showInCharts(title)}</span>
          </ChoiceLink>
          {event.kind === "alert" && (
            <a href={alertPath(event.alert)}>
              {words.why}
              <span class="unseen">{` ${event.rule} ${words.changeNames[event.change]}`}</span>
            </a>
          )}
        </p>
      </div>
    </li>
  );
}

function Older({ onOlder, olderPath }: EventListProps): VNode {
  const isBusy = useSignal(false);
  const load = async (event: MouseEvent) => {
    event.preventDefault();
    if (isBusy.peek()) return;
    isBusy.value = true;
    await onOlder();
    isBusy.value = false;
  };
  return (
    <p class="paging">
      <a class="ghost" href={olderPath ?? ""} aria-busy={isBusy.value} onClick={load}>
        {words.loadOlder}
      </a>
    </p>
  );
}
