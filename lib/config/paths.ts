/**
 * Where one folder is, seen from another. Knows paths, and nothing of what is there.
 *
 * @module
 */

import { isAbsolute, relative, sep } from "node:path";

/** Tells whether a folder is another one or is inside of it; both paths are absolute. */
export function isInside(folder: string, other: string): boolean {
  const path = relative(other, folder);
  return path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/**
 * Returns a folder as permissions of a process that runs in the project's folder name it: what is inside the
 * project goes by its path from there, so that the project's own path may hold any character.
 *
 * @returns The path from the project's folder, `"."` for that folder itself; or the absolute path.
 *
 * @example
 * ```ts
 * import { pathForPermission } from "@/lib/config/paths.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pathForPermission("/srv/vitals/data", "/srv/vitals"), "data");
 * assertEquals(pathForPermission("/var/lib/vitals", "/srv/vitals"), "/var/lib/vitals");
 * ```
 */
export function pathForPermission(folder: string, project: string): string {
  return isInside(folder, project) ? relative(project, folder) || "." : folder;
}
