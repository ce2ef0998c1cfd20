/**
 * Serves Vitals for development: `deno task dev`. Pages reload themselves after an edit. It has
 * the permissions of `deno task start`.
 *
 * @module
 */

import { launch } from "./launch.ts";
import { serverPermissions } from "./permissions.ts";

if (import.meta.main) {
  launch((env, project, needs) => [
    ["run", "--watch=static/,routes/", ...serverPermissions(env, project, needs), "dev.ts"],
  ]);
}
