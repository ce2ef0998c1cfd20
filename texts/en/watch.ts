/** Being called when an alert fires, and the note that a session has ended. @module */

import { formatCount, type Phrase } from "./language.ts";

export const title = "While this page is open";
export const notification = "Browser notification";
export const sound = "Sound";
export const on = "On";
export const off = "Off";
export const soundOn = "On: a short tone for each new alert";
export const which = "Only for alerts that newly fire and are not muted.";
export const unavailable = "This browser has none, or only for pages with HTTPS or on localhost";
export const blocked = "Blocked: allow notifications for this page in the browser's settings";

export const severities = { warning: "Warning", critical: "Critical" } as const;

export function oneAlert(severity: string, service: string): string {
  return `${severity}: ${service}`;
}

export function severalAlerts(severity: string, count: number): string {
  return `${severity}: ${formatCount(count)} alerts`;
}

export const signIn = "Sign in";

export function sessionEnded<Part>(signIn: Part): Phrase<Part> {
  return ["Your session has ended. ", signIn, " to go on."];
}
