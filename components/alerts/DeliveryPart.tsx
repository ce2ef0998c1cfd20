/**
 * Who is told, and what became of telling.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import type { ReceiverView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/alerts_page.ts";
import { didNotLoad } from "@/texts/loading.ts";

import {
  type AlertsData,
  type AlertsQuery,
  formatAlertsQuery,
  NOTIFICATION_STATES,
  PAGE_SIZE,
} from "../alerts_data.ts";
import { NotificationList } from "../NotificationList.tsx";
import { Time } from "../Time.tsx";

/** Props of {@linkcode DeliveryPart}. */
export interface DeliveryPartProps {
  readonly query: AlertsQuery;
  readonly data: AlertsData;
  /** Called when something was sent from here. */
  readonly onChange: () => void;
}

/** Renders the receivers, each with a trial, and the log of decisions. */
export function DeliveryPart({ query, data, onChange }: DeliveryPartProps): VNode {
  const { receivers, notifications } = data;
  return (
    <div class="groups">
      <section class="panel" id="receivers" aria-labelledby="receivers-title">
        <header>
          <h2 id="receivers-title" tabIndex={-1}>{words.receivers}</h2>
          <span>{words.fromConfiguration}</span>
        </header>
        {receivers.length === 0
          ? (
            <p class="quiet">
              {words.nobodyTold((text) => <b>{text}</b>)}
            </p>
          )
          : (
            <ul class="entries">
              {receivers.map((receiver) => (
                <Receiver key={receiver.name} receiver={receiver} onChange={onChange} />
              ))}
            </ul>
          )}
      </section>
      <section class="panel" id="log" aria-labelledby="log-title">
        <header>
          <h2 id="log-title" tabIndex={-1}>{words.deliveryLog}</h2>
          <span>{describeCounts(data.decisions) || words.newestFirst}</span>
        </header>
        <LogFilter query={query} receivers={receivers} />
        {notifications.length === 0
          ? (
            <p class="quiet">
              {query.receiver === "" && query.state === null
                ? words.noDecisions
                : words.noEntryFits}
            </p>
          )
          : <NotificationList notifications={notifications} mixed />}
        <p class="paging">
          {query.after !== null && (
            <a class="ghost" href={`/alerts${formatAlertsQuery({ ...query, after: null })}#log`}>
              {words.newest}
            </a>
          )}
          {notifications.length === PAGE_SIZE && (
            <a
              class="ghost"
              href={`/alerts${
                formatAlertsQuery({ ...query, after: notifications.at(-1)?.id ?? null })
              }#log`}
            >
              {words.older}
            </a>
          )}
        </p>
      </section>
    </div>
  );
}

const REASONS: Readonly<Record<string, string>> = words.reasonNames;

/** Returns how often each decision was made since the start, the most frequent first. */
function describeCounts(decisions: AlertsData["decisions"]): string {
  return Object.entries(decisions)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => words.counted(count, REASONS[reason] ?? reason))
    .join(" · ");
}

interface LogFilterProps {
  readonly query: AlertsQuery;
  readonly receivers: readonly ReceiverView[];
}

function LogFilter({ query, receivers }: LogFilterProps): VNode {
  return (
    <form class="toolbar filter" method="get" action="/alerts#log">
      <input type="hidden" name="view" value="delivery" />
      <select name="receiver" aria-label={words.receiver}>
        <option value="">{words.anyReceiver}</option>
        {receivers.map(({ name }) => (
          <option key={name} selected={query.receiver === name}>{name}</option>
        ))}
      </select>
      <select name="state" aria-label={words.state}>
        <option value="">{words.anyState}</option>
        {NOTIFICATION_STATES.map((state) => (
          <option key={state} value={state} selected={query.state === state}>
            {words.notificationStates[state]}
          </option>
        ))}
      </select>
      <button type="submit" class="ghost">{words.filter}</button>
    </form>
  );
}

interface ReceiverProps {
  readonly receiver: ReceiverView;
  readonly onChange: () => void;
}

interface Outcome {
  readonly tone: "ok" | "crit";
  readonly text: string;
}

function Receiver({ receiver, onChange }: ReceiverProps): VNode {
  const { name, kind, state, queued, failure, deliveredAt } = receiver;
  const isBusy = useSignal(false);
  const outcome = useSignal<Outcome | null>(null);
  const test = async () => {
    if (isBusy.peek()) return;
    isBusy.value = true;
    outcome.value = null;
    try {
      const { testReceiver } = await import("../alert_acts.tsx");
      await testReceiver(name, (result) => outcome.value = result);
    } catch {
      outcome.value = { tone: "crit", text: didNotLoad };
    } finally {
      isBusy.value = false;
      onChange();
    }
  };
  return (
    <li data-state={state}>
      <div>
        <b>{name}</b> <small>{kind}</small>
        <p>
          {deliveredAt === null
            ? words.neverDelivered
            : words.lastDelivered(<Time at={deliveredAt} exact />)}
          {queued > 0 && words.waitingCount(queued)}
        </p>
        {failure !== null && <p class="failing">{failure}</p>}
        <p class="outcome" role="status" data-tone={outcome.value?.tone}>{outcome.value?.text}</p>
      </div>
      <span class="state">{words.receiverStates[state]}</span>
      <button
        type="button"
        class="ghost scripted"
        aria-label={words.testReceiver(name)}
        aria-busy={isBusy.value}
        onClick={test}
      >
        {isBusy.value ? words.sending : words.test}
      </button>
    </li>
  );
}
