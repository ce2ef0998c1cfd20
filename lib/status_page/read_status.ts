/**
 * Puts the status page together: what history keeps, and how services are now.
 *
 * @module
 */

import { firstDay } from "@/lib/domain/day_cell.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import { composePublicVerdict } from "@/lib/domain/public_verdict.ts";
import {
  type Arrangement,
  arrangeServices,
  selectServices,
} from "@/lib/domain/status_arrangement.ts";
import { DAY_MS } from "@/lib/domain/utc_time.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import type { HistoryReader } from "@/lib/ports/history_reader.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import type { ServiceOutline, StatusSource } from "@/lib/ports/status_source.ts";
import {
  type PublicIncidentView,
  type PublicMaintenanceView,
  type PublicServiceView,
  SHOWN_DAYS,
  type StatusView,
} from "@/lib/protocol/status_view.ts";
import { plannedMaintenance } from "@/texts/status_page.ts";

import type { Breathe } from "./breather.ts";
import { nextTime, type PlannedTimes, planTimes, timesOf } from "./planned_times.ts";
import { type ReadService, readService } from "./read_service.ts";

/** At most so many services are shown. */
export const MAX_SERVICES = 500;

/** At most so many incidents are told, the newest. */
export const MAX_INCIDENTS = 200;

/** How far ahead maintenance is told, in milliseconds. */
const AHEAD_MS = 14 * DAY_MS;

/** What a page is made of. */
export interface StatusSources {
  /** What is over. */
  readonly history: Pick<HistoryReader, "statuses" | "gaps" | "endedAlerts">;
  /** What is now. */
  readonly source: StatusSource;
}

/** What is asked for. */
export interface StatusQuery {
  /** The configuration in force. */
  readonly config: MonitorConfig;
  /** The present instant. */
  readonly now: Instant;
  /** Called after each service. @default {no pause} */
  readonly breathe?: Breathe;
}

/**
 * Returns the page. History is asked about one service after the other, so that others get their turns
 * in between; where it cannot be read, the page shows the present alone.
 */
export async function readStatus(
  sources: StatusSources,
  query: StatusQuery,
): Promise<StatusView> {
  const { config, now } = query;
  const from = firstDay({ now, days: SHOWN_DAYS });
  const planned = planTimes(config.maintenance, { from, to: now + AHEAD_MS });
  const selected = selectServices(config.status.services, orderServices(sources.source, config));
  const shown = selected.slice(0, MAX_SERVICES);
  const read = await readAll(sources, { ...query, shown, planned });
  const views = new Map(read.map(({ view }) => [view.service, view]));
  const { status, headline } = composePublicVerdict(read.map(({ view }) => view.status));
  return {
    ...{ at: now, title: config.status.title, description: config.status.description },
    ...{ status, headline },
    groups: arrangeServices(config.status.groups, shown).map((group) => viewGroup(group, views)),
    incidents: newestFirst(read.flatMap(({ incidents }) => incidents)),
    maintenance: viewMaintenance(planned, { config, now, shown }),
    leftOut: selected.length - shown.length,
    hasPast: read.every(({ hasPast }) => hasPast),
  };
}

interface ShownServices extends StatusQuery {
  readonly shown: readonly ServiceOutline[];
  readonly planned: readonly PlannedTimes[];
}

async function readAll(
  sources: StatusSources,
  { config, now, shown, planned, breathe = async () => {} }: ShownServices,
): Promise<readonly ReadService[]> {
  const gaps = await readGaps(sources, now);
  const read: ReadService[] = [];
  for (const outline of shown) {
    const maintenance = timesOf(planned, outline).flatMap(({ spans }) => spans);
    const name = config.status.names.get(outline.name) ?? outline.name;
    // Once it has failed, it is not asked another five hundred times.
    const hasPast = gaps !== null && (read.at(-1)?.hasPast ?? true);
    read.push(
      await readService(sources, { outline, name, now, gaps: gaps ?? [], maintenance, hasPast }),
    );
    await breathe();
  }
  return read;
}

/** Returns `null` if history cannot be read. */
async function readGaps({ history }: StatusSources, now: Instant) {
  try {
    return await history.gaps({ from: firstDay({ now, days: SHOWN_DAYS }), to: now });
  } catch (error) {
    if (error instanceof HistoryError) return null;
    throw error;
  }
}

/** Those that configuration lists in its order, the others by name behind them. */
function orderServices(source: StatusSource, { services }: MonitorConfig): ServiceOutline[] {
  const places = new Map(services.map(({ name }, index) => [name, index]));
  const placeOf = ({ name }: ServiceOutline) => places.get(name) ?? Infinity;
  return source.outlines().toSorted((one, other) => {
    const [a, b] = [placeOf(one), placeOf(other)];
    if (a !== b) return a < b ? -1 : 1;
    return one.name < other.name ? -1 : 1;
  });
}

function viewGroup(
  { name, services }: Arrangement<ServiceOutline>,
  views: ReadonlyMap<string, PublicServiceView>,
): StatusView["groups"][number] {
  return { name, services: services.flatMap((service) => views.get(service.name) ?? []) };
}

function newestFirst(incidents: readonly PublicIncidentView[]): readonly PublicIncidentView[] {
  return incidents.toSorted((a, b) => b.from - a.from).slice(0, MAX_INCIDENTS);
}

/** A window that nothing shown is under is none of the public's business. */
function viewMaintenance(
  planned: readonly PlannedTimes[],
  { config, now, shown }: Omit<ShownServices, "planned">,
): readonly PublicMaintenanceView[] {
  const { names, maintenance } = config.status;
  const found = planned.flatMap((times) => {
    const span = nextTime(times, now);
    const services = shown.filter((service) => timesOf([times], service).length > 0);
    if (span === undefined || services.length === 0) return [];
    return [{
      title: maintenance.get(times.window.name) ?? plannedMaintenance,
      services: services.length === shown.length
        ? []
        : services.map(({ name }) => names.get(name) ?? name),
      isActive: span.startsAt <= now,
      ...span,
    }];
  });
  return found.sort((a, b) => a.startsAt - b.startsAt);
}
