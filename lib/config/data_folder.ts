/**
 * Where the history is kept: in a folder, or in memory alone. Knows paths, and nothing of what is there.
 *
 * @module
 */

import { resolve } from "node:path";

import { quote } from "@/lib/domain/quote.ts";

import { isInside, pathForPermission } from "./paths.ts";

/** The path that stands for no disk at all. */
export const IN_MEMORY = ":memory:";

/** The folder if nothing names one, in that of the project. */
export const DEFAULT_DATA_PATH = "data";

/** Where the history is kept. */
export type DataFolder =
  /** Nowhere: it ends with the process. */
  | { readonly kind: "memory" }
  /** In a folder, which need not be there yet. */
  | {
    readonly kind: "folder";
    /** Absolute. */
    readonly path: string;
  };

/** Options for {@linkcode findDataFolder}. */
export interface DataFolderOptions {
  /** `VITALS_DATA`; an empty one counts as not set. */
  readonly variable: string | undefined;
  /** `history.path` of the configuration; `null` if it is left out. */
  readonly configured: string | null;
  /** The absolute path of the project's folder, which relative paths of both begin at. */
  readonly project: string;
}

/**
 * Returns where the history is kept: where the variable says, else where the configuration says, else in
 * {@linkcode DEFAULT_DATA_PATH}.
 *
 * @throws {RangeError} If the server cannot be permitted to write there and nowhere else.
 *
 * @example
 * ```ts
 * import { findDataFolder } from "@/lib/config/data_folder.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const project = "/srv/vitals";
 * assertEquals(
 *   findDataFolder({ variable: undefined, configured: null, project }),
 *   { kind: "folder", path: "/srv/vitals/data" },
 * );
 * assertEquals(
 *   findDataFolder({ variable: ":memory:", configured: null, project }),
 *   { kind: "memory" },
 * );
 * ```
 */
export function findDataFolder({ variable, configured, project }: DataFolderOptions): DataFolder {
  const named = variable || (configured ?? DEFAULT_DATA_PATH);
  if (named === IN_MEMORY) return { kind: "memory" };
  const path = resolve(project, named);
  const wrong = findWrong(path, project);
  if (wrong === null) return { kind: "folder", path };
  throw new RangeError(
    `Cannot use ${variable ? "VITALS_DATA" : "history.path"} ${quote(named)}: ${wrong}`,
  );
}

function findWrong(path: string, project: string): string | null {
  // It would let the server write its own program.
  if (isInside(project, path)) return "the program is in it; it must be a folder of its own";
  // Deno takes a comma for the end of a path, however it is quoted.
  if (pathForPermission(path, project).includes(",")) return "the path must be without commas";
  return null;
}

/** Tells whether two are the same place. */
export function isSameDataFolder(one: DataFolder, other: DataFolder): boolean {
  return one.kind === "folder"
    ? other.kind === "folder" && one.path === other.path
    : other.kind === "memory";
}
