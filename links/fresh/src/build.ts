/**
 * What a build gives to the running app: routes, islands, their scripts, and static files.
 *
 * @module
 */

import type { Mode } from "./config.ts";
import type { RouteFile } from "./routing/route_file.ts";

/** A build in the form in which an app uses it. */
export interface Build {
  /** Names this state of all client files; in their URLs it makes them cacheable for ever. */
  readonly id: string;
  /** What the build is for. */
  readonly mode: Mode;
  /** The project's folder. */
  readonly root: string;
  /** Every island module with the script that has it for the browser. */
  readonly islands: readonly IslandModule[];
  /** The scripts that are not islands. */
  readonly scripts: ClientScripts;
  /** The files of the routes folder, in the order in which they are registered. */
  readonly routes: readonly RouteFile[];
  /**
   * Finds a static file or script.
   *
   * @param path Encoded URL path without the base path.
   */
  findStatic(path: string): Promise<StaticFile | null>;
}

/** A module whose exported functions are islands. */
export interface IslandModule {
  /** Name of the file without its extension; names its default export. */
  readonly name: string;
  /** The module as the server imports it. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** URL path of the script that exports the same. */
  readonly script: ClientScript;
}

/** A script for the browser. */
export interface ClientScript {
  /** Its URL path without the base path. */
  readonly path: string;
  /** URL paths of all that it imports, so that they can be loaded at once. */
  readonly imports: readonly string[];
}

/** The scripts that every build has. */
export interface ClientScripts {
  /** Exports `boot()`, which brings islands to life. */
  readonly boot: ClientScript;
  /** Reloads the page after changes; in development only. */
  readonly reload: ClientScript | null;
}

/** A file that can be sent as it is. */
export interface StaticFile {
  /** The value of the `content-type` header. */
  readonly contentType: string;
  /** Hash of its bytes, or `null` in development, where they may change. */
  readonly hash: string | null;
  /** Length in bytes. */
  readonly size: number;
  /** Reads all of it; `null` if it is no longer there. */
  read(): Promise<Uint8Array<ArrayBuffer> | null>;
}
