/** What a screen reader says when alerts change. @module */

import { formatCount } from "./language.ts";

export function alert(service: string, rule: string): string {
  return `Alert: ${service}, ${rule}.`;
}

export function nowCritical(service: string, rule: string): string {
  return `Now critical: ${service}, ${rule}.`;
}

export function recovered(service: string, rule: string): string {
  return `Recovered: ${service}, ${rule}.`;
}

export function more(count: number): string {
  return `And ${formatCount(count)} more.`;
}

export const connectionLost = "Connection lost. The data is stale.";
export const liveAgain = "Live again.";
