/** Why somebody is told of an alert, or why not. @module */

export const sendReasons = {
  first: "first",
  more: "more alerts",
  escalated: "escalated",
  repeat: "reminder",
  flapping: "flapping",
  resolved: "resolved",
  test: "test",
} as const;

export const gathering = "gathering what fails together";
export const told = "already told";
export const refused = "refused before, not told again";
export const flapping = "flapping, which was told";
export const noMatch = "not for this receiver";
export const neverTold = "ended before anyone was told";

export function inhibited(by: string): string {
  return `inhibited by ${by}`;
}

export function awaitingParent(service: string): string {
  return `waiting for ${service}`;
}

export function silenced(by: string): string {
  return `silenced by ${by}`;
}

export function maintenance(name: string): string {
  return `in maintenance ${name}`;
}

export function acknowledged(by: string): string {
  return `acknowledged by ${by}`;
}
