/** The status page, for people outside of the team. @module */

import { formatCount, joinWords, type Phrase, plural } from "./language.ts";

export const statusNames = {
  up: "Operational",
  degraded: "Degraded",
  down: "Down",
  maintenance: "Maintenance",
  unknown: "No data",
} as const;

export const nothingShown = "No services are shown here";
export const noDataYet = "No data yet";

export function down(count: number, all: number, degraded: number): string {
  const others = degraded === 0
    ? ""
    : `, ${formatCount(degraded)} ${plural(degraded, "is", "are")} degraded`;
  return `${subject(count, all)} down${others}`;
}

export function degraded(count: number, all: number): string {
  return `${subject(count, all)} degraded`;
}

export function noDataFrom(count: number, all: number): string {
  return `No data from ${part(count, all)}`;
}

export function underMaintenance(count: number, all: number): string {
  return `${subject(count, all)} under maintenance`;
}

export function operational(all: number): string {
  return `${subject(all, all)} operational`;
}

function subject(count: number, all: number): string {
  if (count < all) return `${part(count, all)} ${plural(count, "is", "are")}`;
  return all === 1 ? "The service is" : "All services are";
}

function part(count: number, all: number): string {
  return `${formatCount(count)} of ${formatCount(all)} services`;
}

export const recoveredAt = (time: string): string => `Recovered at ${time}.`;
export const maintenanceBegan = (time: string): string => `Maintenance began at ${time}.`;
export const notRecovered = "Not yet recovered.";
export const nothingHeard = "Nothing was heard since.";

export const wasTrouble = {
  slow: "was slow",
  errors: "answered some requests with errors",
  strained: "had degraded performance",
} as const;

export const isTrouble = {
  slow: "is slow",
  errors: "answers some requests with errors",
  strained: "has degraded performance",
} as const;

export const wasDown = "was down";
export const isDown = "is down";

export function together(parts: readonly string[]): string {
  return joinWords(parts);
}

export function lasting(what: string, span: string): string {
  return `${what} for ${span}`;
}

export function afterDown(what: string, span: string): string {
  return `${what}, after it was down for ${span}`;
}

export function whenLastSeen(what: string): string {
  return `${what} when last seen`;
}

export function dayWithoutData(date: string): string {
  return `${date}: no data`;
}

export function dayWith(date: string, parts: readonly string[]): string {
  return `${date}: ${parts.join(", ")}`;
}

export const shareUp = (share: string): string => `${share} up`;
export const downFor = (span: string): string => `down for ${span}`;
export const degradedFor = (span: string): string => `degraded for ${span}`;
export const maintenanceFor = (span: string): string => `maintenance for ${span}`;
export const noDataFor = (span: string): string => `no data for ${span}`;

export const skip = "Skip to services";

export function asOf<Part>(time: Part): Phrase<Part> {
  return ["As of ", time];
}

export const noPast = "The past cannot be shown at the moment; what is shown is now.";

export const atomTitle = (title: string): string => `${title}: incidents (Atom)`;
export const rssTitle = (title: string): string => `${title}: incidents (RSS)`;
export const legend = "Legend";

export function footer<Part>(atom: Part, rss: Part): Phrase<Part> {
  return [
    "Days and times are in UTC. Incidents as a feed: ",
    atom,
    ", ",
    rss,
    ". Made with Vitals.",
  ];
}

export const atom = "Atom";
export const rss = "RSS";

export const currentIncidents = "Current incidents";

export function since<Part>(time: Part, outcome: string): Phrase<Part> {
  return ["Since ", time, `. ${outcome}`];
}

export function from<Part>(time: Part, outcome: string): Phrase<Part> {
  return ["from ", time, `. ${outcome}`];
}

export function pastIncidents(days: number): string {
  return `Incidents of the last ${formatCount(days)} days`;
}

export const noData = "No data.";
export const noIncidents = "No incidents.";

export const maintenanceTitle = "Maintenance";

/** Behind the title of a time of maintenance. */
export function maintenanceOf(isActive: boolean, services: string): string {
  return ` is ${isActive ? "under way" : "planned"} for ${services}`;
}

export const allServices = "all services";

export function namedServices(names: readonly string[], more: number): string {
  return names.join(", ") + (more > 0 ? ` and ${formatCount(more)} more` : "");
}

export function fromTo<Part>(from: Part, to: Part): Phrase<Part> {
  return [from, " to ", to];
}

export const services = "Services";

export function leftOut(count: number): string {
  return `${formatCount(count)} more services are not shown here.`;
}

export function daysAgo<Part>(days: Part): Phrase<Part> {
  return [days, " days ago"];
}

export const today = "Today";
export const noUptime = "No uptime yet";

export function uptime(share: string, days: number): string {
  return `${share} uptime in ${formatCount(days)} days`;
}

export function partlyKnownUptime(share: string, days: number, known: number): string {
  return `${uptime(share, days)}, ${formatCount(known)} on record`;
}

export function badDays(count: number): string {
  return `${formatCount(count)} ${plural(count, "day", "days")} with incidents or maintenance`;
}

/** For those who do not see whose days they are. */
export function ofService(name: string): string {
  return ` of ${name}`;
}

/** How many days had which status, in words of {@linkcode daysWith}. */
export function lastDays(count: number, parts: readonly string[]): string {
  return `Last ${formatCount(count)} days: ${parts.join(", ")}`;
}

export function daysWith(status: string, count: number): string {
  return `${status.toLowerCase()} on ${formatCount(count)}`;
}

export const feedTitle = (title: string): string => `${title}: incidents`;

/** What a time of maintenance is called without a reason of its own. */
export const plannedMaintenance = "Planned maintenance";
