/**
 * The adapter to the folders of scenarios.
 *
 * @module
 */

import type { PlayableScenario } from "@/lib/ports/playable_scenario.ts";

import { ConfigError } from "./config_error.ts";
import { decodeConfig } from "./jsonc_document.ts";
import { parseScenario, type ParseScenarioOptions } from "./parse_scenario.ts";

/** The folder of those that ship, from that of the project. */
export const SCENARIO_FOLDER = "simulators/scenarios";

/** The folder of others, from that of the configuration file. */
export const OWN_SCENARIO_FOLDER = "scenarios";

/** How the names of files end. */
const ENDING = ".jsonc";

/** Returns the names of the scenarios in a folder, in the order of the alphabet; none if it is not there. */
export async function listScenarios(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && name.endsWith(ENDING)) names.push(name.slice(0, -ENDING.length));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}

/**
 * Reads the scenario of a name.
 *
 * @throws {ConfigError} If its file is wrong, with the lines.
 * @throws {Error} If it cannot be read.
 */
export async function readScenarioFile(
  folder: string,
  { name, profiles }: ParseScenarioOptions,
): Promise<PlayableScenario> {
  const file = `${folder}/${name}${ENDING}`;
  const bytes = await Deno.readFile(file);
  try {
    return parseScenario(decodeConfig(bytes), { name, profiles });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.issues, { file, cause: error.cause });
  }
}

/**
 * Reads all scenarios of some folders; of two with one name that of the first folder counts. One that is wrong
 * stops nothing: it stands among the problems, by its name.
 */
export async function readScenarioFolders(
  folders: readonly string[],
  profiles: readonly string[],
): Promise<{
  readonly scenarios: readonly PlayableScenario[];
  readonly problems: ReadonlyMap<string, string>;
}> {
  const scenarios = new Map<string, PlayableScenario>();
  const problems = new Map<string, string>();
  for (const folder of folders) {
    for (const name of await listScenarios(folder)) {
      if (scenarios.has(name) || problems.has(name)) continue;
      try {
        scenarios.set(name, await readScenarioFile(folder, { name, profiles }));
      } catch (error) {
        problems.set(name, error instanceof Error ? error.message : String(error));
      }
    }
  }
  return { scenarios: [...scenarios.values()], problems };
}
