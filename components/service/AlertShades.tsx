/**
 * The times in which alerts fired, behind the line of a chart.
 *
 * @module
 */

import type { VNode } from "preact";

import type { TimeSpan } from "@/lib/domain/instant.ts";
import type { AlertSpanView } from "@/lib/protocol/history_views.ts";
import * as words from "@/texts/service_page.ts";

import { type AlertPlace, placeAlerts } from "./alert_places.ts";
import { CHART_HEIGHT } from "./series_drawing.ts";

/** Props of {@linkcode AlertShades}. */
export interface AlertShadesProps {
  readonly alerts: readonly AlertSpanView[];
  readonly shown: TimeSpan;
}

const SEVERITIES = [["warning", "warn"], ["critical", "crit"]] as const;

/** Renders the shades. Those of one severity are one veil, so that many of them do not add up to a wall. */
export function AlertShades({ alerts, shown }: AlertShadesProps): VNode {
  const places = placeAlerts(alerts, shown);
  return (
    <>
      {SEVERITIES.map(([severity, tone]) => {
        const alike = places.filter(({ alert }) => alert.severity === severity);
        return alike.length > 0 && <Veil key={tone} places={alike} tone={tone} />;
      })}
    </>
  );
}

interface VeilProps {
  readonly places: readonly AlertPlace[];
  readonly tone: string;
}

/** A bar on top says the same as the shade, and can be seen where that is narrow. */
function Veil({ places, tone }: VeilProps): VNode {
  return (
    <g class="shade" data-tone={tone}>
      <g class="veil">
        {places.map((place) => (
          <rect key={place.alert.id} {...across(place)} height={CHART_HEIGHT}>
            <title>{describe(place)}</title>
          </rect>
        ))}
      </g>
      {places.map((place) => (
        <rect key={place.alert.id} class="edge" {...across(place)} height="3" />
      ))}
    </g>
  );
}

function across({ x, width }: AlertPlace): { readonly x: string; readonly width: string } {
  return { x: `${x}%`, width: `${Math.max(width, 0.15)}%` };
}

function describe({ alert: { rule, severity, message } }: AlertPlace): string {
  return words.shade(rule, words.severities[severity], message);
}

/** From one name to the one above, in pixels. */
const ROW_HEIGHT = 14;

/** Renders the names of the rules. They stand above the gaps, through which alerts go on. */
export function AlertNames({ alerts, shown }: AlertShadesProps): VNode {
  return (
    <>
      {placeAlerts(alerts, shown).map(({ alert, x, row }) =>
        row !== null && (
          <text
            key={alert.id}
            class="alert-name"
            data-tone={alert.severity === "critical" ? "crit" : "warn"}
            x={`${x}%`}
            dx="5"
            y={CHART_HEIGHT - 8 - row * ROW_HEIGHT}
          >
            {alert.rule}
          </text>
        )
      )}
    </>
  );
}
