/**
 * The head of the page of alerts: how many there are, and the way to its parts.
 *
 * @module
 */

import type { VNode } from "preact";

import { summariseAlerts } from "@/lib/domain/alert_group.ts";
import * as words from "@/texts/alerts_page.ts";
import { formatCount } from "@/texts/language.ts";

import {
  ALERTS_PARTS,
  type AlertsData,
  type AlertsPart,
  type AlertsQuery,
} from "../alerts_data.ts";
import type { LiveStore } from "../live_store.ts";

/** Props of {@linkcode AlertsHead}. */
export interface AlertsHeadProps {
  readonly store: LiveStore;
  readonly query: AlertsQuery;
  readonly data: AlertsData;
}

const CAPTIONS: Readonly<Record<AlertsPart, string>> = {
  now: words.now,
  history: words.history,
  silences: words.silences,
  delivery: words.delivery,
};

/** Renders title, summary and one link for each part: pages of their own, so that each has an address. */
export function AlertsHead({ store, query, data }: AlertsHeadProps): VNode {
  const alerts = store.alerts.value;
  const { activeSilences, failingReceivers } = data;
  const counts: Readonly<Record<AlertsPart, string>> = {
    now: alerts.length === 0 ? "" : formatCount(alerts.length),
    history: "",
    silences: activeSilences === 0 ? "" : words.activeCount(activeSilences),
    delivery: failingReceivers === 0 ? "" : words.failingCount(failingReceivers),
  };
  return (
    <>
      <section class="verdict">
        <div>
          <h1 tabIndex={-1}>{words.alerts}</h1>
          <p>{summariseAlerts(alerts) || words.allQuiet}</p>
        </div>
      </section>
      <nav class="tabs" aria-label={words.parts}>
        {ALERTS_PARTS.map((part) => (
          <a
            key={part}
            href={part === "now" ? "/alerts" : `/alerts?view=${part}`}
            aria-current={part === query.part ? "page" : undefined}
          >
            {CAPTIONS[part]}
            {counts[part] !== "" && <small>{` ${counts[part]}`}</small>}
          </a>
        ))}
      </nav>
    </>
  );
}
