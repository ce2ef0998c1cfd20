/**
 * Tells whether a scenario fits a configuration: what it expects holds only for services as it knows them.
 *
 * @module
 */

import type { MonitorConfig, ServiceConfig } from "@/lib/ports/monitor_config.ts";
import type { PlayableScenario } from "@/lib/ports/playable_scenario.ts";

/**
 * Returns why a scenario cannot be played under a configuration, in words; `null` if it can. Seeds may differ.
 */
export function findMisfit(
  { scenario, config }: PlayableScenario,
  running: MonitorConfig,
): string | null {
  for (const wanted of config.services) {
    const found = running.services.find(({ name }) => name === wanted.name);
    const problem = found === undefined ? "is not configured" : findDifference(wanted, found);
    if (problem !== null) return `"${scenario.name}" needs ${wanted.name}, which ${problem}`;
  }
  return null;
}

function findDifference(wanted: ServiceConfig, found: ServiceConfig): string | null {
  if (found.source.kind !== "simulated") return "is not simulated";
  if (profileOf(found) !== profileOf(wanted)) return `is not of profile "${profileOf(wanted)}"`;
  if (textOf(found.dependsOn.toSorted()) !== textOf(wanted.dependsOn.toSorted())) {
    return `must depend on ${wanted.dependsOn.join(" and ") || "nothing"}`;
  }
  return textOf(found.rules) === textOf(wanted.rules) ? null : "has other rules";
}

function profileOf({ source }: ServiceConfig): string | null {
  return source.kind === "simulated" ? source.profile : null;
}

function textOf(value: unknown): string {
  return JSON.stringify(value);
}
