/**
 * Builds Vitals, then serves it: `deno task start`. The build has all permissions, as bundlers want them,
 * and runs none of the project's modules; the server has those that the environment asks for.
 *
 * @module
 */

import { launch } from "./launch.ts";
import { serverPermissions } from "./permissions.ts";

if (import.meta.main) {
  launch((env, project) => [
    ["run", "--allow-all", "dev.ts", "build"],
    ["run", ...serverPermissions(env, project), "serve.ts", "--until-stdin-ends"],
  ]);
}
