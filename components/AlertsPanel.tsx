/**
 * The active alerts, beside the cards.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import type { Instant } from "@/lib/domain/instant.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

import { AlertRow } from "./AlertRow.tsx";

/** Props of {@linkcode AlertsPanel}. */
export interface AlertsPanelProps {
  /** In reading order. */
  readonly alerts: ReadonlySignal<readonly AlertView[]>;
  readonly now: ReadonlySignal<Instant>;
  /** Called when someone goes to a service's card. */
  readonly onFollow: () => void;
}

/** How many alerts are listed; the rest are counted. */
const MAX_LISTED = 50;

/** Renders the alerts that fire, then those that are pending, or that all is quiet. */
export function AlertsPanel({ alerts, now, onFollow }: AlertsPanelProps): VNode {
  const all = alerts.value;
  const more = all.length - MAX_LISTED;
  return (
    <aside class="panel" aria-label="Active alerts">
      <header>
        <h2>Active alerts</h2>
        {all.length > 0 && <span>{summarise(all)}</span>}
      </header>
      {all.length === 0
        ? (
          <p class="quiet">
            <b>All quiet.</b> When a rule is breached, its alert appears here with the reason.
          </p>
        )
        : (
          <ul>
            {all.slice(0, MAX_LISTED).map((alert) => (
              <AlertRow key={alert.id} alert={alert} now={now} onFollow={onFollow} />
            ))}
          </ul>
        )}
      {more > 0 && <p class="quiet">And {more} more.</p>}
    </aside>
  );
}

function summarise(alerts: readonly AlertView[]): string {
  const firing = alerts.filter((alert) => alert.state === "firing").length;
  const pending = alerts.length - firing;
  const parts = [firing > 0 ? `${firing} firing` : "", pending > 0 ? `${pending} pending` : ""];
  return parts.filter((part) => part !== "").join(" · ");
}
