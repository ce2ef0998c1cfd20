/**
 * Pending and firing alerts by who deals with them.
 *
 * @module
 */

import type { VNode } from "preact";

import { type AlertGroup, groupOf } from "@/lib/domain/alert_group.ts";
import type { AlertView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/alerts_page.ts";
import { formatCount } from "@/texts/language.ts";

import type { ActContext } from "../AlertButtons.tsx";
import { AlertRow } from "../AlertRow.tsx";
import { type AlertsQuery, formatAlertsQuery, SHOWN_STEPS } from "../alerts_data.ts";
import { cardId } from "../addresses.ts";

/** Props of {@linkcode NowPart}. */
export interface NowPartProps extends ActContext {
  readonly query: AlertsQuery;
}

interface GroupLook {
  readonly group: AlertGroup;
  readonly title: string;
  /** What would stand here. */
  readonly empty: string;
}

const GROUPS: readonly GroupLook[] = [
  {
    group: "open",
    title: words.active,
    empty: words.noneActive,
  },
  {
    group: "acknowledged",
    title: words.acknowledged,
    empty: words.noneAcknowledged,
  },
  {
    group: "muted",
    title: words.muted,
    empty: words.noneMuted,
  },
  {
    group: "pending",
    title: words.pending,
    empty: words.nonePending,
  },
];

/** Renders a panel for each group. */
export function NowPart({ store, hasReceivers, query }: NowPartProps): VNode {
  const byGroup = Map.groupBy(store.alerts.value, groupOf);
  return (
    <div class="groups">
      {GROUPS.map((look) => (
        <Group
          key={look.group}
          look={look}
          alerts={byGroup.get(look.group) ?? []}
          {...{ store, hasReceivers, query }}
        />
      ))}
    </div>
  );
}

interface GroupProps extends NowPartProps {
  readonly look: GroupLook;
  readonly alerts: readonly AlertView[];
}

function Group({ look, alerts, query, store, hasReceivers }: GroupProps): VNode {
  const { group, title, empty } = look;
  const titleId = `${group}-title`;
  const more = alerts.length - query.shown;
  return (
    <section class="panel" id={group} aria-labelledby={titleId}>
      <header>
        <h2 id={titleId} tabIndex={-1}>{title}</h2>
        {alerts.length > 0 && <span>{formatCount(alerts.length)}</span>}
      </header>
      {alerts.length === 0 ? <p class="quiet">{empty}</p> : (
        <ul class="rows">
          {alerts.slice(0, query.shown).map((alert) => (
            <AlertRow
              key={alert.id}
              alert={alert}
              store={store}
              hasReceivers={hasReceivers}
              serviceHref={`/#${cardId(alert.service)}`}
            />
          ))}
        </ul>
      )}
      {more > 0 && <More query={query} group={group} more={more} />}
    </section>
  );
}

interface MoreProps {
  readonly query: AlertsQuery;
  readonly group: AlertGroup;
  readonly more: number;
}

function More({ query, group, more }: MoreProps): VNode {
  const shown = SHOWN_STEPS.find((count) => count > query.shown);
  return (
    <p class="quiet">
      {words.andMore(more)}{" "}
      {shown !== undefined && (
        <a href={`/alerts${formatAlertsQuery({ ...query, shown })}#${group}`}>
          {words.listUpTo(shown)}
        </a>
      )}
    </p>
  );
}
