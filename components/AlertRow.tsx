/**
 * One alert in a list.
 *
 * @module
 */

import { isHandled } from "@/lib/domain/alert_group.ts";
import { explainAlert } from "@/lib/domain/explain.ts";
import type { AlertView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/alert_rows.ts";
import type { VNode } from "preact";

import { Age } from "./Age.tsx";
import { type ActContext, AlertButtons } from "./AlertButtons.tsx";
import { AlertChips } from "./AlertChips.tsx";
import { PendingProgress } from "./PendingProgress.tsx";
import type { Tone } from "./tone.ts";

/** Props of {@linkcode AlertRow}. */
export interface AlertRowProps extends ActContext {
  readonly alert: AlertView;
  /** Where the name of the service leads. */
  readonly serviceHref: string;
  /** Called when someone goes to the service. */
  readonly onFollow?: () => void;
}

/** Renders rule, severity, service, reason, age and marks, and what can be done; the reason ticks too. */
export function AlertRow(props: AlertRowProps): VNode {
  const { alert, store, hasReceivers, serviceHref, onFollow } = props;
  const { now } = store;
  return (
    <li class="alert" data-tone={toneOfAlert(alert)} data-handled={isHandled(alert)}>
      <span class="mark" aria-hidden="true" />
      <div class="rule">
        <b>{alert.rule}</b>{" "}
        <small>
          {alert.state === "pending" ? words.states.pending : words.severities[alert.severity]}
        </small>
      </div>
      <span class="age">
        {alert.state === "pending"
          ? <PendingProgress progress={alert.progress} now={now} />
          : <Age since={alert.firedAt ?? alert.since} now={now} />}
      </span>
      <p>
        <a href={serviceHref} onClick={onFollow}>{alert.service}</a>
        {" · "}
        {explainAlert(alert, now.value)}
      </p>
      <AlertChips alert={alert} />
      <AlertButtons alert={alert} store={store} hasReceivers={hasReceivers} />
    </li>
  );
}

/** Returns how an alert looks. */
export function toneOfAlert({ state, severity }: Pick<AlertView, "state" | "severity">): Tone {
  if (state === "pending") return "idle";
  if (state === "resolved") return "ok";
  return severity === "critical" ? "crit" : "warn";
}
