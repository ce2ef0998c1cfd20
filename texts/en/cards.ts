/** What a card and the page of a service have in common. @module */

import type { Phrase } from "./language.ts";

/** What is done with a service that Vitals does not look at by a schedule. */
export function heldFor<Part>(age: Part): Phrase<Part> {
  return ["for ", age];
}

export const noHeartbeat = "no heartbeat yet";

export function heartbeat<Part>(age: Part): Phrase<Part> {
  return ["heartbeat ", age, " ago"];
}

export function lastHeartbeat<Part>(age: Part): Phrase<Part> {
  return ["last heartbeat ", age, " ago"];
}

export const stopped = "it stopped";

export const faults = "Faults";
export const inject = "Inject fault ▾";

export function injectInto(service: string): string {
  return `Inject fault into ${service}`;
}

export function endFault(kind: string, service: string): string {
  return `End ${kind} on ${service}`;
}

export function left(time: string): string {
  return `${time} left`;
}

export const activeAlerts = "Active alerts";
