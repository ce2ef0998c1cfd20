/**
 * What the configuration file has the server need: variables of the environment, hosts to talk to, and a
 * folder for the history.
 *
 * @module
 */

import { resolve } from "node:path";

import { z } from "zod";

import { parseJsonc } from "@/lib/config/jsonc_document.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { reachableHosts } from "@/lib/config/reachable_hosts.ts";
import { variablesIn } from "@/lib/config/variables.ts";

/** What a server needs beside its own address and files. */
export interface ServerNeeds {
  /** Names of variables that the file stands on. */
  readonly variables: readonly string[];
  /** Hosts that receivers are reached at, with their ports. */
  readonly hosts: readonly string[];
  /** `history.path`; `null` if it is left out. */
  readonly historyPath: string | null;
}

/** Nothing. */
export const NO_NEEDS: ServerNeeds = { variables: [], hosts: [], historyPath: null };

/** Where the file is, and how to read it and the environment. */
export interface NeedsSource {
  /** The absolute path of the project's folder. */
  readonly project: string;
  /** `VITALS_CONFIG`; without it the file of the project counts. */
  readonly config: string | undefined;
  /** Returns the text of a file. */
  readonly read: (path: string) => string;
  /** Returns a variable of the environment. */
  readonly env: (name: string) => string | undefined;
}

/**
 * Reads the needs. A file that is missing or wrong has none: the server then says what is wrong with it, and
 * does not run.
 */
export function readServerNeeds({ project, config, read, env }: NeedsSource): ServerNeeds {
  try {
    const text = read(resolve(project, config || "vitals.config.jsonc"));
    const variables = [...new Set(findVariables(parseJsonc(text).value))].sort();
    return { ...readConfigNeeds(text, env), variables };
  } catch {
    return NO_NEEDS;
  }
}

/** Of a file that is wrong somewhere nothing is known; the server will not get that far. */
function readConfigNeeds(text: string, env: NeedsSource["env"]): Omit<ServerNeeds, "variables"> {
  try {
    const config = parseConfig(text, { env });
    return { hosts: reachableHosts(config), historyPath: config.history.path };
  } catch {
    return NO_NEEDS;
  }
}

/** Only receivers and sources stand on variables; a name in a comment or elsewhere counts for nothing. */
function findVariables(file: unknown): string[] {
  const { receivers, services } = FILE.safeParse(file).data ?? {};
  const sources = services?.map(({ source }) => source);
  return [...textsIn(receivers), ...textsIn(sources)].flatMap(variablesIn);
}

/** Where variables may stand. */
const FILE = z.object({
  receivers: z.unknown().optional(),
  services: z.array(z.object({ source: z.unknown() }).catch({ source: null })).catch([]),
});

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
