/**
 * Which permissions the server gets: those that the environment asks for, each by name.
 *
 * @module
 */

import { dirname, isAbsolute, relative, resolve, sep } from "node:path";

import { type Environment, formatListenAddress, parseListenAddress } from "./listen_address.ts";
import { NO_NEEDS, type ServerNeeds } from "./server_needs.ts";

/** Names of the environment that the server reads. */
const ENV_NAMES = ["HOST", "PORT", "VITALS_CONFIG", "VITALS_TOKEN"];

/**
 * Returns the flags for a server whose working directory is the project's folder: it may listen on its one
 * address, read the project and the folder of the configuration file, and read the variables it knows. Of
 * others it may read those variables and call those hosts that the configuration file names. It may write
 * nothing and run nothing.
 *
 * @param project The absolute path of the project's folder.
 * @throws {RangeError} If the environment asks for what cannot be granted.
 */
export function serverPermissions(
  env: Environment,
  project: string,
  { variables, hosts }: ServerNeeds = NO_NEEDS,
): string[] {
  const own = formatListenAddress(parseListenAddress(env));
  return [
    "--no-prompt",
    `--allow-net=${[own, ...hosts].join(",")}`,
    `--allow-read=${readableFolders(env, project).join(",")}`,
    `--allow-env=${[...ENV_NAMES, ...variables].join(",")}`,
  ];
}

/** The project goes by ".", so that its path may hold any character. */
function readableFolders({ VITALS_CONFIG }: Environment, project: string): string[] {
  if (!VITALS_CONFIG) return ["."];
  const folder = dirname(resolve(project, VITALS_CONFIG));
  if (isInside(folder, project)) return ["."];
  // Deno takes a comma for the end of a path, however it is quoted.
  if (!folder.includes(",")) return [".", folder];
  throw new RangeError(
    `Cannot use VITALS_CONFIG "${VITALS_CONFIG}": the path of its folder must be without commas`,
  );
}

function isInside(folder: string, project: string): boolean {
  const path = relative(project, folder);
  return path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
