/**
 * Who or what deals with an alert, as chips with their reason.
 *
 * @module
 */

import type { ComponentChildren, VNode } from "preact";

import { formatSpan } from "@/lib/domain/instant.ts";
import type {
  AcknowledgementView,
  AlertView,
  InhibitionView,
  MuteView,
} from "@/lib/protocol/views.ts";
import * as words from "@/texts/alert_rows.ts";

import { alertPath } from "./addresses.ts";
import { Time } from "./Time.tsx";

/** Props of {@linkcode AlertChips}. */
export interface AlertChipsProps {
  readonly alert: Pick<AlertView, "acknowledged" | "silencedBy" | "inhibitedBy" | "flapping">;
}

/** Renders a chip for each; nothing if there is none. */
export function AlertChips({ alert }: AlertChipsProps): VNode | null {
  const { acknowledged, silencedBy, inhibitedBy, flapping } = alert;
  const isMarked = acknowledged ?? silencedBy ?? inhibitedBy ?? flapping;
  if (isMarked === null) return null;
  return (
    <ul class="chips">
      {acknowledged !== null && <AcknowledgedChip acknowledged={acknowledged} />}
      {silencedBy !== null && <MuteChip mute={silencedBy} />}
      {inhibitedBy !== null && <InhibitedChip inhibition={inhibitedBy} />}
      {flapping !== null && (
        <Chip kind="flapping" mark="↯">
          {words.flapping(flapping.changes, formatSpan(flapping.windowMs))}
        </Chip>
      )}
    </ul>
  );
}

function AcknowledgedChip(
  { acknowledged: { by, note } }: { readonly acknowledged: AcknowledgementView },
): VNode {
  return (
    <Chip kind="acknowledged" mark="✓" more={note}>
      {words.acknowledgedBy(by)}
    </Chip>
  );
}

function MuteChip({ mute }: { readonly mute: MuteView }): VNode {
  const { kind, id, until, author, reason } = mute;
  if (kind === "maintenance") {
    return (
      <Chip kind="muted" mark="⚒" more={reason}>
        {words.maintenance(id, <Time at={until} />)}
      </Chip>
    );
  }
  const more = [author, reason].filter((text) => text !== "").join(": ");
  return (
    <Chip kind="muted" mark="◌" more={more}>
      <a href={`/alerts?view=silences#silence-${id}`}>
        {words.silenced(<Time at={until} />)}
      </a>
    </Chip>
  );
}

function InhibitedChip({ inhibition }: { readonly inhibition: InhibitionView }): VNode {
  const { kind, service, alert, until } = inhibition;
  switch (kind) {
    case "down": {
      const down = words.isDown(service);
      return (
        <Chip kind="muted" mark="⇡">
          {words.inhibited(
            alert === null ? down : <a href={alertPath(alert)}>{down}</a>,
          )}
        </Chip>
      );
    }
    case "recovering":
      return (
        <Chip kind="muted" mark="⇡">
          {until === null
            ? words.justBack(service)
            : words.justBackUntil(service, <Time at={until} exact />)}
        </Chip>
      );
    case "unconfirmed":
      return <Chip kind="muted" mark="⇡">{words.waitingFor(service)}</Chip>;
  }
}

interface ChipProps {
  readonly kind: "acknowledged" | "muted" | "flapping";
  /** A shape, for the eye only. */
  readonly mark: string;
  /** What stands behind the main words. */
  readonly more?: string;
  readonly children: ComponentChildren;
}

function Chip({ kind, mark, more = "", children }: ChipProps): VNode {
  return (
    <li class="chip" data-kind={kind}>
      <span aria-hidden="true">{mark}</span>
      <span>
        {children}
        {more !== "" && <small>{` · ${more}`}</small>}
      </span>
    </li>
  );
}
