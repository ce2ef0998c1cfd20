/**
 * Maintenance on the status page, of now and planned.
 *
 * @module
 */

import type { VNode } from "preact";

import type { PublicMaintenanceView } from "@/lib/protocol/status_view.ts";

import { UtcTime } from "./UtcTime.tsx";

/** Props of {@linkcode Maintenance}. */
export interface MaintenanceProps {
  readonly times: readonly PublicMaintenanceView[];
}

/** Of one time at most so many services are named. */
const NAMED = 8;

/** Renders the times of maintenance; nothing if there are none. */
export function Maintenance({ times }: MaintenanceProps): VNode | null {
  if (times.length === 0) return null;
  return (
    <section aria-labelledby="maintenance">
      <h2 id="maintenance">Maintenance</h2>
      <ul class="cards">
        {times.map((time) => (
          <li key={`${time.startsAt} ${time.title}`} data-tone="calm">
            <p>
              <span class="mark" aria-hidden="true">◆</span>
              <strong>{time.title}</strong>
              {time.isActive ? " is under way" : " is planned"}
              {nameServices(time.services)}
            </p>
            <p class="times">
              <UtcTime at={time.startsAt} /> to <UtcTime at={time.endsAt} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function nameServices(services: readonly string[]): string {
  if (services.length === 0) return " for all services";
  const more = services.length - NAMED;
  return ` for ${services.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
