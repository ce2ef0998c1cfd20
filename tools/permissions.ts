/**
 * Which permissions the server gets: those that the environment asks for, each by name.
 *
 * @module
 */

import { dirname, resolve } from "node:path";

import { type DataFolder, findDataFolder } from "@/lib/config/data_folder.ts";
import { isInside, pathForPermission } from "@/lib/config/paths.ts";

import { type Environment, formatListenAddress, parseListenAddress } from "./listen_address.ts";
import { NO_NEEDS, type ServerNeeds } from "./server_needs.ts";

/**
 * Takes packages as the build has installed them. Otherwise Deno looks after them again at each import, behind a
 * lock: slow, and where `node_modules` may not be written it waits a tenth of a second each time.
 */
export const INSTALLED = "--node-modules-dir=manual";

/** What the build may do: read the project, and write what it makes. */
export const BUILD_PERMISSIONS: readonly string[] = [
  ...["--no-prompt", "--allow-read=.", "--allow-write=_fresh"],
];

/** Names of the environment that the server reads. */
const ENV_NAMES = ["HOST", "PORT", "VITALS_CONFIG", "VITALS_DATA", "VITALS_TOKEN"];

/**
 * Returns the flags for a server whose working directory is the project's folder: it may listen on its one
 * address, read the project and the folder of the configuration file, read and write the folder of the
 * history, and read the variables it knows. Of others it may read those variables and call those hosts that
 * the configuration file names. It may write nothing else, run nothing, and load no code from elsewhere.
 *
 * The folder of the history need not be there: the server may create it, with those above it.
 *
 * @param project The absolute path of the project's folder.
 * @throws {RangeError} If the environment asks for what cannot be granted.
 */
export function serverPermissions(
  env: Environment,
  project: string,
  { variables, hosts, historyPath }: ServerNeeds = NO_NEEDS,
): string[] {
  const own = formatListenAddress(parseListenAddress(env));
  const data = findDataFolder({ variable: env.VITALS_DATA, configured: historyPath, project });
  const writable = data.kind === "folder" ? [pathForPermission(data.path, project)] : [];
  return [
    "--no-prompt",
    `--allow-net=${[own, ...hosts].join(",")}`,
    `--allow-read=${readableFolders(env, project, data).join(",")}`,
    // Without a folder the flag would permit everything.
    ...writable.map((folder) => `--allow-write=${folder}`),
    `--allow-env=${[...ENV_NAMES, ...variables].join(",")}`,
    // Some hosts of modules may be imported from without any permission, even with --deny-import.
    "--no-remote",
  ];
}

/** The project goes by ".", and what is inside of it needs no word of its own. */
function readableFolders(env: Environment, project: string, data: DataFolder): string[] {
  const folders = [configFolder(env, project), data.kind === "folder" ? data.path : project];
  return [...new Set([".", ...folders.filter((folder) => !isInside(folder, project))])];
}

function configFolder({ VITALS_CONFIG }: Environment, project: string): string {
  if (!VITALS_CONFIG) return project;
  const folder = dirname(resolve(project, VITALS_CONFIG));
  // Deno takes a comma for the end of a path, however it is quoted.
  if (isInside(folder, project) || !folder.includes(",")) return folder;
  throw new RangeError(
    `Cannot use VITALS_CONFIG "${VITALS_CONFIG}": the path of its folder must be without commas`,
  );
}
