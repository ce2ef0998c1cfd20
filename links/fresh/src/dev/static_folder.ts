/**
 * Files that are sent as they are, read from the project's static folders.
 *
 * @module
 */

import { join } from "node:path";

import type { StaticFile } from "../build.ts";
import { contentTypeOf, hashOf } from "./content.ts";
import { listFiles } from "./crawl.ts";

/** A file with the URL path that it answers. */
export interface StaticSource extends StaticFile {
  /** Encoded URL path without the base path. */
  readonly path: string;
  /** Path below its static folder. */
  readonly name: string;
  /** Hash of its bytes when they were listed. */
  readonly hash: string;
  /** Returns its bytes when they were listed. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Lists all files with their hashes. The first folder that has a file wins. */
export async function listStaticFiles(folders: readonly string[]): Promise<StaticSource[]> {
  const files = new Map<string, StaticSource>();
  for (const folder of folders) {
    for (const name of await listFiles(folder, isVisible)) {
      const path = `/${name.split("/").map(encodeURIComponent).join("/")}`;
      if (files.has(path)) continue;
      const bytes = await Deno.readFile(join(folder, name));
      files.set(path, {
        path,
        name,
        contentType: contentTypeOf(name),
        size: bytes.length,
        hash: await hashOf(bytes),
        read: () => Promise.resolve(bytes),
      });
    }
  }
  return [...files.values()];
}

/**
 * Finds a file as it is now.
 *
 * @param path Encoded URL path.
 */
export async function findStaticFile(
  folders: readonly string[],
  path: string,
): Promise<StaticFile | null> {
  const segments = path.slice(1).split("/").map(decodeURIComponent);
  if (!segments.every(isFileName)) return null;
  for (const folder of folders) {
    const bytes = await readInside(folder, join(folder, ...segments));
    if (bytes === null) continue;
    return {
      contentType: contentTypeOf(path),
      hash: null,
      size: bytes.length,
      read: () => Promise.resolve(bytes),
    };
  }
  return null;
}

/** Hidden files stay hidden, apart from those that the web has agreed on. */
function isVisible(name: string): boolean {
  return !name.startsWith(".") || name === ".well-known";
}

/** A name with a separator could lead out of the folder; one with a dot would also be hidden. */
function isFileName(segment: string): boolean {
  return segment !== "" && isVisible(segment) && !/[/\\\0]/.test(segment);
}

/** Returns `null` for what is no file, or a link; production builds leave links out as well. */
async function readInside(folder: string, file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const [base, real] = await Promise.all([Deno.realPath(folder), Deno.realPath(file)]);
    if (join(base, file.slice(folder.length)) !== real) return null;
    return await Deno.readFile(real);
  } catch (error) {
    if (isNoFile(error)) return null;
    throw error;
  }
}

function isNoFile(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.IsADirectory ||
    error instanceof Deno.errors.NotADirectory;
}
