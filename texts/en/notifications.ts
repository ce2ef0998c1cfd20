/** What messages to receivers say. @module */

import { formatCount, joinWords, plural } from "./language.ts";

export function test(receiver: string): string {
  return `Test from Vitals: receiver ${receiver} works`;
}

export const testLine = "If you can read this, notifications arrive.";

export function recovered(service: string, lasted: string): string {
  return `${service} has recovered after ${lasted}`;
}

/** Rules that have resolved, as {@linkcode listRules} writes them, how many, and names of those that fire. */
export function partlyResolved(
  service: string,
  { rules, count, firing }: {
    readonly rules: string;
    readonly count: number;
    readonly firing: string;
  },
): string {
  return `${service}: ${rules} ${plural(count, "has", "have")} resolved; still fires: ${firing}`;
}

export function flapping(service: string, rules: string, count: number): string {
  const keeps = plural(count, "keeps", "keep");
  return `${service}: ${rules} ${keeps} changing between firing and resolved`;
}

export function still(title: string): string {
  return `Still: ${title}`;
}

export function isDown(service: string, reason: string): string {
  return `${service} is DOWN: ${reason}`;
}

export function oneAlert(service: string, rule: string, reason: string): string {
  return `${service}: ${rule}, ${reason}`;
}

export function severalAlerts(service: string, count: number, rules: string): string {
  return `${service}: ${formatCount(count)} alerts, ${rules}`;
}

export function listRules(rules: readonly string[], more: number): string {
  return joinWords(more > 0 ? [...rules, moreNames(more)] : rules);
}

export function moreNames(count: number): string {
  return `${formatCount(count)} more`;
}

export function moreAlerts(count: number): string {
  return `and ${formatCount(count)} more ${plural(count, "alert", "alerts")}`;
}

/** When it began, and how long ago that was. */
export function since(instant: string, age: string): string {
  return `since ${instant}, ${age} ago`;
}

export function began(instant: string, age: string): string {
  return `began ${instant}, ${age} ago`;
}

export function affected(services: string): string {
  return `affected: ${services}`;
}

export const severityWords = { warning: "warning", critical: "critical" } as const;

export function firingAlert(rule: string, severity: string, reason: string): string {
  return `${rule} (${severity}): ${reason}`;
}

export function endedAlert(
  rule: string,
  { severity, lasted, worst, reason }: {
    readonly severity: string;
    readonly lasted: string;
    readonly worst: string;
    readonly reason: string;
  },
): string {
  return `${rule} (${severity}) lasted ${lasted}, worst ${worst}: ${reason}`;
}
