/**
 * One alert in a list.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import { explainAlert } from "@/lib/domain/explain.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

import { Age } from "./Age.tsx";
import { cardId } from "./ServiceCard.tsx";

/** Props of {@linkcode AlertRow}. */
export interface AlertRowProps {
  readonly alert: AlertView;
  readonly now: ReadonlySignal<Instant>;
  /** Called when someone goes to the service's card. */
  readonly onFollow: () => void;
}

/** Renders rule, service, reason and age; the reason ticks too where it names a silence. */
export function AlertRow({ alert, now, onFollow }: AlertRowProps): VNode {
  const isPending = alert.state === "pending";
  const tone = isPending ? "idle" : alert.severity === "critical" ? "crit" : "warn";
  return (
    <li class="alert" data-tone={tone}>
      <span class="mark" aria-hidden="true" />
      <b>
        {alert.rule}
        <span class="unseen">, {alert.severity}</span>
      </b>
      <span class="age">
        {isPending
          ? describeProgress(alert.progress)
          : <Age since={alert.firedAt ?? alert.since} now={now} />}
      </span>
      <p>
        <a href={`#${cardId(alert.service)}`} onClick={onFollow}>{alert.service}</a>
        {" · "}
        {explainAlert(alert, now.value)}
      </p>
    </li>
  );
}

function describeProgress(progress: AlertView["progress"]): string {
  return progress.kind === "samples"
    ? `pending ${progress.breaches}/${progress.needed}`
    : "pending";
}
