/**
 * How `deno task scenario` writes down what comes of a scenario, for a terminal.
 *
 * @module
 */

import { describeEvent, type ScenarioEvent } from "@/lib/domain/scenario.ts";
import type { ScenarioEntry } from "@/lib/ports/scenario_desk.ts";

/** Returns a scenario as a line of a list. */
export function formatEntry({ name, summary, durationMs }: ScenarioEntry): string {
  return `${name.padEnd(18)} ${clockText(durationMs)}  ${summary}`;
}

/** Returns an event as a line; `null` for those that only matter to the engine. */
export function formatEvent(event: ScenarioEvent): string | null {
  const isMinor = event.kind === "alert" &&
    (event.change === "pending" || event.change === "cancelled");
  return isMinor ? null : `  ${clockText(event.atMs)}  ${describeEvent(event)}`;
}

/** Returns the verdict as lines. */
export function formatVerdict(differences: readonly string[]): string {
  if (differences.length === 0) return "All came as expected";
  const count = differences.length === 1 ? "1 difference" : `${differences.length} differences`;
  return [`Not as expected, ${count}:`, ...differences.map((line) => `  ${line}`)].join("\n");
}

/** Returns minutes and seconds, such as `" 1:05.6"`. */
function clockText(atMs: number): string {
  const tenths = Math.round(atMs / 100);
  const seconds = (tenths % 600 / 10).toFixed(1).padStart(4, "0");
  return `${Math.floor(tenths / 600)}:${seconds}`.padStart(7);
}
