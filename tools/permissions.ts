/**
 * Which permissions the server gets: those that the environment asks for, each by name.
 *
 * @module
 */

import { dirname, isAbsolute, relative, resolve, sep } from "node:path";

import { type Environment, formatListenAddress, parseListenAddress } from "./listen_address.ts";

/** Names of the environment that the server reads. */
const ENV_NAMES = ["HOST", "PORT", "VITALS_CONFIG", "VITALS_TOKEN"];

/**
 * Returns the flags for a server whose working directory is the project's folder: it may listen on its one
 * address, read the project and the folder of the configuration file, and read the variables it knows. It
 * may write nothing, run nothing and call nobody.
 *
 * @param project The absolute path of the project's folder.
 * @throws {RangeError} If the environment asks for what cannot be granted.
 */
export function serverPermissions(env: Environment, project: string): string[] {
  return [
    "--no-prompt",
    `--allow-net=${formatListenAddress(parseListenAddress(env))}`,
    `--allow-read=${readableFolders(env, project).join(",")}`,
    `--allow-env=${ENV_NAMES.join(",")}`,
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
