/**
 * Where a project keeps its parts.
 *
 * @module
 */

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { Mode } from "../config.ts";

/** Options of the {@linkcode Builder}. Paths are relative to `root`, absolute, or `file:` URLs. */
export interface BuildOptions {
  /**
   * The project's folder.
   *
   * @default {"."}
   */
  root?: string;
  /**
   * Folder to write builds to.
   *
   * @default {"_fresh"}
   */
  outDir?: string;
  /**
   * Folders with files to send as they are; the first that has a file wins.
   *
   * @default {"static"}
   */
  staticDir?: string | string[];
  /**
   * Folder of the islands.
   *
   * @default {"islands"}
   */
  islandDir?: string;
  /**
   * Folder of the routes.
   *
   * @default {"routes"}
   */
  routeDir?: string;
  /**
   * Module that exports `app`.
   *
   * @default {"main.ts"}
   */
  serverEntry?: string;
  /**
   * Routes and islands to leave out, by their path.
   *
   * @default Tests.
   */
  ignore?: RegExp[];
}

/** {@linkcode BuildOptions} with defaults filled in and all paths absolute. */
export interface ResolvedBuildConfig {
  /** The project's folder. */
  root: string;
  /** Folder to write builds to. */
  outDir: string;
  /** Folders with files to send as they are. */
  staticDir: string[];
  /** Folder of the islands. */
  islandDir: string;
  /** Folder of the routes. */
  routeDir: string;
  /** Module that exports `app`. */
  serverEntry: string;
  /** Routes and islands to leave out. */
  ignore: RegExp[];
  /** What the last build was for. */
  mode: Mode;
  /** Id of the last build, `""` before it. */
  buildId: string;
}

const TEST_FILES = /[._]test\.[^./]+$/;

/** Fills in the defaults. */
export function resolveBuildConfig(options: BuildOptions): ResolvedBuildConfig {
  const root = resolve(toPath(options.root ?? "."));
  const inRoot = (path: string) => resolve(root, toPath(path));
  return {
    root,
    outDir: inRoot(options.outDir ?? "_fresh"),
    staticDir: [options.staticDir ?? "static"].flat().map(inRoot),
    islandDir: inRoot(options.islandDir ?? "islands"),
    routeDir: inRoot(options.routeDir ?? "routes"),
    serverEntry: inRoot(options.serverEntry ?? "main.ts"),
    ignore: options.ignore ?? [TEST_FILES],
    mode: "production",
    buildId: "",
  };
}

function toPath(pathOrUrl: string): string {
  return pathOrUrl.startsWith("file://") ? fileURLToPath(pathOrUrl) : pathOrUrl;
}
