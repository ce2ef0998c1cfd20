/**
 * Builds Vitals, then serves it: `deno task start`. The build may read the project and write what it makes;
 * the server has the permissions that the environment asks for.
 *
 * @module
 */

import { type DenoArguments, launch } from "./launch.ts";
import type { Environment } from "./listen_address.ts";
import { BUILD_PERMISSIONS, INSTALLED, serverPermissions } from "./permissions.ts";
import { NO_NEEDS, type ServerNeeds } from "./server_needs.ts";

if (import.meta.main) launch(planStart);

/**
 * Returns what to run, each only if the one before it ended well. The address is tried before the build:
 * on a taken port there may be a Vitals that runs on the build there is.
 *
 * @param project The absolute path of the project's folder.
 * @throws {RangeError} If the environment asks for what cannot be granted.
 */
export function planStart(
  env: Environment,
  project: string,
  needs: ServerNeeds = NO_NEEDS,
): readonly DenoArguments[] {
  const serve = ["run", INSTALLED, ...serverPermissions(env, project, needs), "serve.ts"];
  return [
    [...serve, "--try-address"],
    ["run", ...BUILD_PERMISSIONS, "dev.ts", "build"],
    [...serve, "--until-stdin-ends"],
  ];
}
