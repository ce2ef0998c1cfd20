/** The verdict over all services, the reasons behind it, and the title of the page. @module */

import { formatCount, joinWords, plural } from "./language.ts";

export function down(count: number, degraded: number): string {
  return `${services(count)} down${degraded > 0 ? `, ${formatCount(degraded)} degraded` : ""}`;
}

export function degraded(count: number): string {
  return `${services(count)} degraded`;
}

export function waiting(count: number): string {
  return `Waiting for the first heartbeat of ${services(count)}`;
}

export function healthyButWaiting(healthy: number, unknown: number): string {
  return `${services(healthy)} healthy, waiting for ${formatCount(unknown)} more`;
}

export function healthy(count: number): string {
  return `${count === 1 ? "" : "All "}${services(count)} healthy`;
}

export const noServices = "No services yet";

function services(count: number): string {
  return `${formatCount(count)} ${plural(count, "service", "services")}`;
}

/** How many more services have a reason. */
export function more(count: number): string {
  return `And ${formatCount(count)} more.`;
}

export const sendASample = "Send a sample, and its service appears.";

export function pendingAlerts(count: number): string {
  return `${formatCount(count)} ${plural(count, "alert is", "alerts are")} pending.`;
}

export const allGood = "Every service reports, and none is beyond a limit.";
export const noneBroken = "No limit is broken so far.";

export function neverHeardOf(service: string): string {
  return `${service} was never heard of.`;
}

export function stoppedSending(service: string, age: string): string {
  return `${service} stopped sending heartbeats ${age} ago.`;
}

/** What is wrong with a service; nothing of it may be known. */
export function isWrong(service: string, parts: readonly string[]): string {
  return `${service} ${joinWords(parts.length === 0 ? ["is degraded"] : parts)}.`;
}

/** Names of metrics, at least one. */
export function aboveLimits(metrics: readonly string[]): string {
  return `is above its ${joinWords(metrics)} ${plural(metrics.length, "limit", "limits")}`;
}

export function belowLimits(metrics: readonly string[]): string {
  return `is below its ${joinWords(metrics)} ${plural(metrics.length, "limit", "limits")}`;
}

export const lateHeartbeat = "is late with its heartbeat";

export function downTitle(count: number): string {
  return `■ ${formatCount(count)} down · Vitals`;
}

export function degradedTitle(count: number): string {
  return `▲ ${formatCount(count)} degraded · Vitals`;
}

export function waitingTitle(count: number): string {
  return `○ ${formatCount(count)} waiting · Vitals`;
}

export const healthyTitle = "● All healthy · Vitals";
export const emptyTitle = "Vitals";
