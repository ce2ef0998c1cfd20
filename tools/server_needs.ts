/**
 * What the configuration file has the server need: variables of the environment, and hosts to talk to.
 *
 * @module
 */

import { resolve } from "node:path";

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
}

/** Nothing. */
export const NO_NEEDS: ServerNeeds = { variables: [], hosts: [] };

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
    return { variables, hosts: findHosts(text, env) };
  } catch {
    return NO_NEEDS;
  }
}

/** Of a file that is wrong somewhere no host is known; the server will not get that far. */
function findHosts(text: string, env: NeedsSource["env"]): string[] {
  try {
    return reachableHosts(parseConfig(text, { env }));
  } catch {
    return [];
  }
}

/** Only receivers stand on variables; a name in a comment or elsewhere counts for nothing. */
function findVariables(file: unknown): string[] {
  if (typeof file !== "object" || file === null || !("receivers" in file)) return [];
  return textsIn(file.receivers).flatMap(variablesIn);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
