/**
 * Plays a scenario, in virtual time or on a running Vitals: `deno task scenario --help`.
 *
 * @module
 */

import { ConfigError, formatConfigError } from "@/lib/config/config_error.ts";
import {
  listScenarios,
  readScenarioFile,
  SCENARIO_FOLDER,
} from "@/lib/config/deno_scenario_files.ts";
import { quote } from "@/lib/domain/quote.ts";
import { suggest } from "@/lib/domain/suggest.ts";
import type { PlayableScenario } from "@/lib/ports/playable_scenario.ts";
import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import { PROFILES } from "@/simulators/profiles.ts";

import { followScenario } from "./follow_scenario.ts";
import { playScenario } from "./play_scenario.ts";
import { parseScenarioFlags, USAGE } from "./scenario_flags.ts";
import { formatEntry, formatEvent, formatVerdict } from "./scenario_text.ts";

/** Where it is run. */
export interface ScenarioTool {
  /** The folder of scenarios. */
  readonly folder: string;
  /** Takes a line for people. */
  readonly print: (line: string) => void;
  /** Sends a request. */
  readonly request: typeof fetch;
  /** The token of operators; `undefined` for none. */
  readonly token: string | undefined;
}

/** Ways to end. */
const AS_EXPECTED = 0;
const DIFFERENT = 1;
const NOT_PLAYED = 2;

/** Does what the arguments say; returns the exit code. */
export async function runScenarioTool(
  args: readonly string[],
  tool: ScenarioTool,
): Promise<number> {
  try {
    return await run(args, tool);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    tool.print(error instanceof ConfigError ? formatConfigError(error) : error.message);
    return NOT_PLAYED;
  }
}

async function run(args: readonly string[], tool: ScenarioTool): Promise<number> {
  const flags = parseScenarioFlags(args);
  switch (flags.kind) {
    case "help":
      tool.print(USAGE);
      return AS_EXPECTED;
    case "list":
      return await list(tool);
    case "fast":
      return await playFast(flags.name, tool);
    case "live": {
      const { request, token, print } = tool;
      const { name, url } = flags;
      const isPassed = await followScenario({
        name,
        url,
        request,
        token,
        print,
        clock: SYSTEM_CLOCK,
      });
      return isPassed ? AS_EXPECTED : DIFFERENT;
    }
  }
}

async function list({ folder, print }: ScenarioTool): Promise<number> {
  for (const name of await listScenarios(folder)) {
    const { scenario } = await read(folder, name);
    print(formatEntry(scenario));
  }
  return AS_EXPECTED;
}

async function playFast(name: string, { folder, print }: ScenarioTool): Promise<number> {
  const names = await listScenarios(folder);
  if (!names.includes(name)) {
    throw new RangeError(
      `Cannot play ${quote(name)}: there is no such file${suggest(name, names)}`,
    );
  }
  const playable = await read(folder, name);
  print(`${name}: ${playable.scenario.summary}`);
  const { events, differences } = await playScenario(playable);
  for (const event of events) {
    const line = formatEvent(event);
    if (line !== null) print(line);
  }
  print(formatVerdict(differences));
  return differences.length === 0 ? AS_EXPECTED : DIFFERENT;
}

function read(folder: string, name: string): Promise<PlayableScenario> {
  return readScenarioFile(folder, { name, profiles: Object.keys(PROFILES) });
}

if (import.meta.main) void main();

async function main(): Promise<void> {
  Deno.exitCode = await runScenarioTool(Deno.args, {
    folder: SCENARIO_FOLDER,
    // deno-lint-ignore no-console -- the output of this program
    print: (line) => console.log(line),
    request: fetch,
    token: Deno.env.get("VITALS_TOKEN")?.trim() || undefined,
  });
}
