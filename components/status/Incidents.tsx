/**
 * Incidents on the status page: those of now, and those of the last days.
 *
 * @module
 */

import type { VNode } from "preact";

import type { Instant } from "@/lib/domain/instant.ts";
import { DAY_MS, formatDay, formatIsoDay, startOfDay } from "@/lib/domain/utc_time.ts";
import { incidentAnchor } from "@/lib/protocol/status_feed.ts";
import {
  INCIDENT_DAYS,
  type PublicIncidentView,
  servicesIn,
  type StatusView,
} from "@/lib/protocol/status_view.ts";
import * as words from "@/texts/status_page.ts";

import { PUBLIC_LOOKS } from "./public_looks.ts";
import { UtcTime } from "./UtcTime.tsx";

/** Props of {@linkcode CurrentIncidents}. */
export interface CurrentIncidentsProps {
  readonly incidents: readonly PublicIncidentView[];
}

/** Renders the incidents that go on; nothing if there are none. */
export function CurrentIncidents({ incidents }: CurrentIncidentsProps): VNode | null {
  const current = incidents.filter(({ to }) => to === null);
  if (current.length === 0) return null;
  return (
    <section aria-labelledby="current">
      <h2 id="current">{words.currentIncidents}</h2>
      <ul class="cards">
        {current.map((incident) => (
          <li key={incident.id} data-tone={PUBLIC_LOOKS[incident.trouble].tone}>
            <p>
              <Mark incident={incident} />
              <strong>{incident.name}</strong> {incident.words}
            </p>
            <p class="times">
              {words.since(<UtcTime at={incident.from} />, incident.outcome)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Props of {@linkcode PastIncidents}. */
export interface PastIncidentsProps {
  readonly view: Pick<StatusView, "at" | "groups" | "incidents">;
}

/** Renders what happened, day by day; an incident is told on each day that it touched. */
export function PastIncidents({ view }: PastIncidentsProps): VNode {
  const today = startOfDay(view.at);
  const days = Array.from({ length: INCIDENT_DAYS + 1 }, (_, index) => today - index * DAY_MS);
  return (
    <section aria-labelledby="past">
      <h2 id="past">{words.pastIncidents(INCIDENT_DAYS)}</h2>
      <ol class="history">
        {days.map((day) => <DayOfIncidents key={day} day={day} view={view} />)}
      </ol>
    </section>
  );
}

interface DayProps extends PastIncidentsProps {
  readonly day: Instant;
}

function DayOfIncidents({ day, view }: DayProps): VNode {
  const incidents = view.incidents.filter(({ from, to }) =>
    from < day + DAY_MS && (to ?? Infinity) >= day
  );
  return (
    <li>
      <h3>
        <time dateTime={formatIsoDay(day)}>{formatDay(day)}</time>
      </h3>
      {incidents.length === 0 && <p class="calm">{sayCalm(day, view)}</p>}
      {incidents.length > 0 && (
        <ul>
          {incidents.map((incident) => (
            <PastIncident key={incident.id} incident={incident} day={day} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** The day that an incident began on has its anchor. */
function PastIncident(
  { incident, day }: { readonly incident: PublicIncidentView; readonly day: Instant },
): VNode {
  const isFirst = startOfDay(incident.from) === day;
  return (
    <li
      id={isFirst ? incidentAnchor(incident) : undefined}
      data-tone={PUBLIC_LOOKS[incident.trouble].tone}
    >
      <Mark incident={incident} />
      <strong>{incident.name}</strong> {incident.words}{" "}
      <span class="times">
        {words.from(<UtcTime at={incident.from} short={isFirst} />, incident.outcome)}
      </span>
    </li>
  );
}

function Mark({ incident: { trouble } }: { readonly incident: PublicIncidentView }): VNode {
  return <span class="mark" aria-hidden="true">{PUBLIC_LOOKS[trouble].mark}</span>;
}

/** A day that nobody watched was not calm; nobody knows what it was. */
function sayCalm(day: Instant, { groups }: Pick<StatusView, "groups">): string {
  const cells = servicesIn({ groups }).map(({ days }) => days.find((cell) => cell.day === day));
  return cells.every((cell) => cell === undefined || cell.status === "unknown")
    ? words.noData
    : words.noIncidents;
}
