/**
 * The active alerts, beside the cards.
 *
 * @module
 */

import type { VNode } from "preact";

import { summariseAlerts } from "@/lib/domain/alert_group.ts";
import { activeAlerts } from "@/texts/cards.ts";
import * as words from "@/texts/dashboard.ts";

import type { ActContext } from "./AlertButtons.tsx";
import { AlertRow } from "./AlertRow.tsx";
import { cardId } from "./addresses.ts";
import { LocalTimes } from "./Time.tsx";

/** Props of {@linkcode AlertsPanel}. */
export interface AlertsPanelProps extends ActContext {
  /** Called when someone goes to a service's card. */
  readonly onFollow: () => void;
}

/** How many alerts are listed; the rest are counted. */
const MAX_LISTED = 50;

/** Renders the alerts that fire, then those that are pending, or that all is quiet. */
export function AlertsPanel({ store, hasReceivers, onFollow }: AlertsPanelProps): VNode {
  const all = store.alerts.value;
  const more = all.length - MAX_LISTED;
  return (
    <aside class="panel" aria-label={activeAlerts}>
      <header>
        <h2 tabIndex={-1}>{activeAlerts}</h2>
        {all.length > 0 && <span>{summariseAlerts(all)}</span>}
      </header>
      {all.length === 0
        ? (
          <p class="quiet">
            {words.quiet((text) => <b>{text}</b>)}
          </p>
        )
        : (
          <LocalTimes now={store.now}>
            <ul>
              {all.slice(0, MAX_LISTED).map((alert) => (
                <AlertRow
                  key={alert.id}
                  alert={alert}
                  store={store}
                  hasReceivers={hasReceivers}
                  serviceHref={`#${cardId(alert.service)}`}
                  onFollow={onFollow}
                />
              ))}
            </ul>
          </LocalTimes>
        )}
      {more > 0 && (
        <p class="quiet">
          <a href="/alerts">{words.more(more)}</a>
        </p>
      )}
    </aside>
  );
}
