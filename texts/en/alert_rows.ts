/** An alert in a list: its severity, its marks, and what can be done about it. @module */

import { formatCount, type Phrase } from "./language.ts";

export const severities = { warning: "warning", critical: "critical" } as const;
export const states = { pending: "pending", firing: "firing", resolved: "resolved" } as const;

export const acknowledge = "Acknowledge";
export const takeBack = "Take back";
export const silence = "Silence";
export const why = "Why?";

/** What a button does, and to which alert. */
export function actOn(act: string, rule: string, service: string): string {
  return `${act} ${rule} on ${service}`;
}

export function flapping(changes: number, span: string): string {
  return `Flapping: ${formatCount(changes)} changes in ${span}`;
}

export function acknowledgedBy(name: string): string {
  return `Acknowledged by ${name}`;
}

export function maintenance<Part>(name: string, until: Part): Phrase<Part> {
  return [`Maintenance: ${name} until `, until];
}

export function silenced<Part>(until: Part): Phrase<Part> {
  return ["Silenced until ", until];
}

export function inhibited<Part>(cause: Part): Phrase<Part> {
  return ["Inhibited: ", cause];
}

export function isDown(service: string): string {
  return `${service} is DOWN`;
}

export function waitingFor(service: string): string {
  return `Waiting for ${service}`;
}

export function justBack(service: string): string {
  return `Waiting for ${service}: it has just come back`;
}

export function justBackUntil<Part>(service: string, until: Part): Phrase<Part> {
  return [`${justBack(service)}, until `, until];
}

/** What stands before progress, for those who hear it. */
export const pendingProgress = "pending,";

export function progress(done: string, needed: string): string {
  return `${done} of ${needed}`;
}
