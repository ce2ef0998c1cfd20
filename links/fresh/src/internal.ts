/**
 * What generated files import. Not for apps.
 *
 * @module
 */

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { type App, attachBuild, type RequestHandler } from "./app.ts";
import type { Build, ClientScript, ClientScripts, IslandModule, StaticFile } from "./build.ts";
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

/** Files up to this size are held in memory, in bytes. */
const MAX_HELD_BYTES = 1024 * 1024;

/**
 * Attaches a snapshot to its app. All but large files are read now, so that a later build of the same
 * project takes no script away from the pages of this one.
 *
 * @param baseUrl URL of a file in the snapshot's folder.
 */
export function createServer<State>(app: App<State>, snapshot: Snapshot, baseUrl: string): Server {
  attachBuild(app, toBuild(snapshot, baseUrl));
  return { fetch: app.handler() };
}

function toBuild({ files, root, ...snapshot }: Snapshot, baseUrl: string): Build {
  const filesByPath = new Map(
    Object.entries(files).map(([path, file]) => [path, toStaticFile(file, baseUrl)]),
  );
  return {
    ...snapshot,
    mode: "production",
    root: resolve(fileURLToPath(new URL(root, baseUrl))),
    findStatic: (path) => Promise.resolve(filesByPath.get(path) ?? null),
  };
}

function toStaticFile({ file, ...about }: SnapshotFile, baseUrl: string): StaticFile {
  const url = new URL(file, baseUrl);
  if (about.size > MAX_HELD_BYTES) return { ...about, read: () => readLater(url) };
  const bytes = readNow(url);
  return { ...about, read: () => Promise.resolve(bytes) };
}

function readNow(url: URL): Uint8Array<ArrayBuffer> | null {
  try {
    return Deno.readFileSync(url);
  } catch (error) {
    return nullIfGone(error);
  }
}

async function readLater(url: URL): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await Deno.readFile(url);
  } catch (error) {
    return nullIfGone(error);
  }
}

function nullIfGone(error: unknown): null {
  if (error instanceof Deno.errors.NotFound) return null;
  throw error;
}
