/**
 * What generated files import. Not for apps.
 *
 * @module
 */

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { type App, attachBuild, type RequestHandler } from "./app.ts";
import type { Build, ClientScript, ClientScripts, IslandModule } from "./build.ts";
import type { RouteFile, RouteModule } from "./routing/route_file.ts";

export type {
  App,
  ClientScript,
  ClientScripts,
  IslandModule,
  RequestHandler,
  RouteFile,
  RouteModule,
};

/** What `_fresh/snapshot.js` exports: a build as data. */
export interface Snapshot {
  /** The build's id. */
  readonly id: string;
  /** The project's folder, relative to that of the snapshot. */
  readonly root: string;
  /** Every island module. */
  readonly islands: readonly IslandModule[];
  /** The scripts that are not islands. */
  readonly scripts: ClientScripts;
  /** The files of the routes folder, in order. */
  readonly routes: readonly RouteFile[];
  /** All files to send, by their encoded URL path. */
  readonly files: Readonly<Record<string, SnapshotFile>>;
}

/** A file of a {@linkcode Snapshot}. */
export interface SnapshotFile {
  /** Where it is, relative to the snapshot's folder and encoded like a URL. */
  readonly file: string;
  /** The value of the `content-type` header. */
  readonly contentType: string;
  /** Hash of its bytes. */
  readonly hash: string;
  /** Length in bytes. */
  readonly size: number;
}

/** What `deno serve` expects as default export. */
export interface Server {
  /** Answers a request. */
  readonly fetch: RequestHandler;
}

/**
 * Attaches a snapshot to its app.
 *
 * @param baseUrl URL of a file in the snapshot's folder.
 */
export function createServer<State>(app: App<State>, snapshot: Snapshot, baseUrl: string): Server {
  attachBuild(app, toBuild(snapshot, baseUrl));
  return { fetch: app.handler() };
}

function toBuild({ files, root, ...snapshot }: Snapshot, baseUrl: string): Build {
  const filesByPath = new Map(Object.entries(files));
  return {
    ...snapshot,
    mode: "production",
    root: resolve(fileURLToPath(new URL(root, baseUrl))),
    findStatic(path) {
      const found = filesByPath.get(path);
      if (found === undefined) return Promise.resolve(null);
      const { file, ...about } = found;
      return Promise.resolve({ ...about, read: () => Deno.readFile(new URL(file, baseUrl)) });
    },
  };
}
