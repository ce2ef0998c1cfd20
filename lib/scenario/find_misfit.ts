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
  return rulesText(found) === rulesText(wanted) ? null : "has other rules";
}

function profileOf({ source }: ServiceConfig): string | null {
  return source.kind === "simulated" ? source.profile : null;
}

function rulesText({ rules }: ServiceConfig): string {
  return textOf(rules.toSorted((one, other) => one.name < other.name ? -1 : 1));
}

/** Equal values have equal texts, in whatever order their keys are. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([one], [other]) => one < other ? -1 : 1));
  });
}
