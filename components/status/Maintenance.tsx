/**
 * Maintenance on the status page, of now and planned.
 *
 * @module
 */

import type { VNode } from "preact";

import type { PublicMaintenanceView } from "@/lib/protocol/status_view.ts";
import * as words from "@/texts/status_page.ts";

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
      <h2 id="maintenance">{words.maintenanceTitle}</h2>
      <ul class="cards">
        {times.map((time) => (
          <li key={`${time.startsAt} ${time.title}`} data-tone="calm">
            <p>
              <span class="mark" aria-hidden="true">◆</span>
              <strong>{time.title}</strong>
              {words.maintenanceOf(time.isActive, nameServices(time.services))}
            </p>
            <p class="times">
              {words.fromTo(<UtcTime at={time.startsAt} />, <UtcTime at={time.endsAt} />)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function nameServices(services: readonly string[]): string {
  if (services.length === 0) return words.allServices;
  return words.namedServices(services.slice(0, NAMED), services.length - NAMED);
}
