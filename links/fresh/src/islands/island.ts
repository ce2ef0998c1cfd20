/**
 * Islands as the renderer knows them.
 *
 * @module
 */

import type { Build, ClientScript } from "../build.ts";

/** A component that is also sent to the browser. */
export interface Island {
  /** Name for messages: the export's, or the file's for a default export. */
  readonly name: string;
  /** Name under which the script exports it. */
  readonly exportName: string;
  /** The script that exports it. */
  readonly script: ClientScript;
}

/** Islands by their component functions. */
export type Islands = ReadonlyMap<unknown, Island>;

const islandsOfBuild = new WeakMap<Build, Islands>();
const NO_ISLANDS: Islands = new Map();

/** Returns the islands of a build; every exported function of an island module is one. */
export function islandsOf(build: Build | null): Islands {
  if (build === null) return NO_ISLANDS;
  let islands = islandsOfBuild.get(build);
  if (islands === undefined) {
    islandsOfBuild.set(build, islands = collectIslands(build));
  }
  return islands;
}

function collectIslands(build: Build): Islands {
  const islands = new Map<unknown, Island>();
  for (const module of build.islands) {
    for (const [exportName, value] of Object.entries(module.exports)) {
      if (typeof value !== "function") continue;
      const name = exportName === "default" ? module.name : exportName;
      islands.set(value, { name, exportName, script: module.script });
    }
  }
  return islands;
}
