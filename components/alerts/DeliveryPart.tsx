/**
 * Who is told, and what became of telling.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import type { ReceiverView } from "@/lib/protocol/views.ts";

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
          <h2 id="receivers-title" tabIndex={-1}>Receivers</h2>
          <span>from the configuration</span>
        </header>
        {receivers.length === 0
          ? (
            <p class="quiet">
              <b>Nobody is told.</b>{" "}
              Who is told of alerts (webhook, Slack, Discord, ntfy, mail) stands here once
              "receivers" of the configuration names somebody.
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
          <h2 id="log-title" tabIndex={-1}>Delivery log</h2>
          <span>{describeCounts(data.decisions) || "newest first"}</span>
        </header>
        <LogFilter query={query} receivers={receivers} />
        {notifications.length === 0
          ? (
            <p class="quiet">
              {query.receiver === "" && query.state === null
                ? "Every decision to tell somebody of an alert, or not to, stands here with its reason."
                : "No entry fits."}
            </p>
          )
          : <NotificationList notifications={notifications} mixed />}
        <p class="paging">
          {query.after !== null && (
            <a class="ghost" href={`/alerts${formatAlertsQuery({ ...query, after: null })}#log`}>
              Newest
            </a>
          )}
          {notifications.length === PAGE_SIZE && (
            <a
              class="ghost"
              href={`/alerts${
                formatAlertsQuery({ ...query, after: notifications.at(-1)?.id ?? null })
              }#log`}
            >
              Older
            </a>
          )}
        </p>
      </section>
    </div>
  );
}

/** Returns how often each decision was made since the start, the most frequent first. */
function describeCounts(decisions: AlertsData["decisions"]): string {
  return Object.entries(decisions)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${count} ${reason}`)
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
      <select name="receiver" aria-label="Receiver">
        <option value="">Any receiver</option>
        {receivers.map(({ name }) => (
          <option key={name} selected={query.receiver === name}>{name}</option>
        ))}
      </select>
      <select name="state" aria-label="State">
        <option value="">Any state</option>
        {NOTIFICATION_STATES.map((state) => (
          <option key={state} selected={query.state === state}>{state}</option>
        ))}
      </select>
      <button type="submit" class="ghost">Filter</button>
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
      outcome.value = { tone: "crit", text: "This did not load. Please reload the page." };
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
          {deliveredAt === null ? "nothing delivered yet" : (
            <>
              last delivered <Time at={deliveredAt} exact />
            </>
          )}
          {queued > 0 && ` · ${queued} waiting`}
        </p>
        {failure !== null && <p class="failing">{failure}</p>}
        <p class="outcome" role="status" data-tone={outcome.value?.tone}>{outcome.value?.text}</p>
      </div>
      <span class="state">{state}</span>
      <button
        type="button"
        class="ghost scripted"
        aria-label={`Test ${name}`}
        aria-busy={isBusy.value}
        onClick={test}
      >
        {isBusy.value ? "Sending…" : "Test"}
      </button>
    </li>
  );
}
