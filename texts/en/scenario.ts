/** The bar of a scenario that is played. @module */

import { formatCount, plural } from "./language.ts";

export const pauseScenario = "Pause the scenario";
export const resumeScenario = "Resume the scenario";
export const stopScenario = "Stop the scenario";
export const pause = "Pause";
export const resume = "Resume";
export const stop = "Stop";
export const progressLabel = "Progress";

export function scenario(name: string): string {
  return `Scenario ${name}`;
}

/** How a run stands, once it is another; said aloud. */
export const announcements = {
  running: (name: string): string => `Scenario ${name} is played.`,
  paused: (name: string): string => `Scenario ${name} is paused.`,
  passed: (name: string): string => `Scenario ${name} has ended: all came as expected.`,
  failed: (name: string): string => `Scenario ${name} has ended: not all came as expected.`,
  stopped: (name: string): string => `Scenario ${name} was stopped.`,
} as const;

export const results = {
  passed: "All came as expected",
  failed: "Not all came as expected",
  stopped: "Was stopped",
} as const;

export const pausedNow = "Paused: what was wrong is ended for now";
export const nothingMore = "Nothing more happens";

export function next(what: string, time: string): string {
  return `Next: ${what} in ${time}`;
}

export function progress(elapsed: string, whole: string): string {
  return `${elapsed} of ${whole}`;
}

export function differences(count: number): string {
  return `${formatCount(count)} ${plural(count, "difference", "differences")}`;
}

export function faultOn(fault: string, service: string): string {
  return `${fault} on ${service}`;
}

export function endOfFault(fault: string, service: string): string {
  return `end of ${fault.toLowerCase()} on ${service}`;
}
