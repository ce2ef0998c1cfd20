/**
 * Serves a Vitals that was built before: `deno task serve`, for containers and services of the system, where
 * nothing is to be built or downloaded at the start and the project's folder may be read only. The server has
 * the permissions that the environment asks for, as with `deno task start`.
 *
 * @module
 */

import { type DenoArguments, launch } from "./launch.ts";
import type { Environment } from "./listen_address.ts";
import { INSTALLED, serverPermissions } from "./permissions.ts";
import { NO_NEEDS, type ServerNeeds } from "./server_needs.ts";

if (import.meta.main) launch(planServe);

/**
 * Returns what to run.
 *
 * @param project The absolute path of the project's folder.
 * @throws {RangeError} If the environment asks for what cannot be granted.
 */
export function planServe(
  env: Environment,
  project: string,
  needs: ServerNeeds = NO_NEEDS,
): readonly DenoArguments[] {
  const permissions = serverPermissions(env, project, needs);
  return [
    ["run", "--cached-only", INSTALLED, ...permissions, "serve.ts", "--until-stdin-ends"],
  ];
}
