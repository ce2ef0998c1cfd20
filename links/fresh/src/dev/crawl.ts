/**
 * Finds the files of a project.
 *
 * @module
 */

import { basename, join } from "node:path";

import { compareRouteFiles, isEager } from "../routing/route_file.ts";
import type { ResolvedBuildConfig } from "./build_config.ts";

/** A file of the routes folder, not imported yet. */
export interface RouteSource {
  /** Path below the routes folder, with forward slashes. */
  readonly path: string;
  /** Absolute path. */
  readonly file: string;
  /** Whether the server imports it at its start. */
  readonly eager: boolean;
}

/** The modules of a project that have a role by their place. */
export interface ProjectSources {
  /** Route files in the order of registration. */
  readonly routes: readonly RouteSource[];
  /** Absolute paths of island files, in alphabetical order. */
  readonly islands: readonly string[];
}

const MODULE = /\.(?:ts|tsx|js|jsx)$/;

/**
 * Lists all files below a folder, as paths with forward slashes relative to it; none if the folder
 * does not exist. Symbolic links are not followed.
 *
 * @param accepts Tells by name whether to look at a file or folder.
 */
export async function listFiles(
  folder: string,
  accepts: (name: string) => boolean = () => true,
): Promise<string[]> {
  const paths: string[] = [];
  try {
    for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
      if (!accepts(name)) continue;
      if (isFile) paths.push(name);
      if (!isDirectory) continue;
      const below = await listFiles(join(folder, name), accepts);
      paths.push(...below.map((path) => `${name}/${path}`));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return paths.sort();
}

/** Finds routes and islands. */
export async function crawl(config: ResolvedBuildConfig): Promise<ProjectSources> {
  const { routeDir, islandDir, ignore } = config;
  const isSource = (path: string) =>
    MODULE.test(path) && !ignore.some((pattern) => pattern.test(path));
  const inRoutes = (await listFiles(routeDir)).filter(isSource);
  const inIslands = (await listFiles(islandDir)).filter(isSource);
  const routes = inRoutes.filter((path) => !/(^|\/)\(_[^/]*\)\//.test(path));
  const islands = [
    ...inIslands.map((path) => join(islandDir, path)),
    ...inRoutes.filter((path) => /(^|\/)\(_islands\)\//.test(path)).map((
      path,
    ) => join(routeDir, path)),
  ];
  return {
    routes: await Promise.all(
      routes.sort(compareRouteFiles).map(async (path) => {
        const file = join(routeDir, path);
        return { path, file, eager: isEager(path, await Deno.readTextFile(file)) };
      }),
    ),
    islands,
  };
}

/** Returns the name of a file without its extension. */
export function stemOf(path: string): string {
  return basename(path).replace(/\.[^.]+$/, "");
}
