/**
 * The configuration's file on the file system of this machine. Needs permission to read the folder the file
 * is in, not only the file.
 *
 * @module
 */

import { basename, dirname } from "node:path";

import type { ConfigFiles, ConfigWatch } from "./config_file.ts";
import { MAX_CONFIG_BYTES } from "./jsonc_document.ts";

/** Implements {@linkcode ConfigFiles} with `Deno`. */
export const denoConfigFiles: ConfigFiles = { read, watch };

/**
 * Tells whether something that happened to a path in the file's folder may have changed the file: it is the
 * file, or one of the links (`..data`) by which Kubernetes replaces all files of a folder at once.
 */
export function mayConcern(changedPath: string, path: string): boolean {
  const name = basename(changedPath);
  return name === basename(path) || name.startsWith("..");
}

async function read(path: string): Promise<Uint8Array | null> {
  try {
    using file = await Deno.open(path);
    if (!(await file.stat()).isFile) throw new Error("it is not a file but a folder or a device");
    return await readAtMost(file, MAX_CONFIG_BYTES + 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function readAtMost(file: Deno.FsFile, maxBytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(maxBytes);
  let length = 0;
  while (length < maxBytes) {
    const count = await file.read(buffer.subarray(length));
    if (count === null) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

/** Watches the folder: a watch on the file itself would end when an editor puts a new one in its place. */
function watch(path: string, onEvent: () => void): ConfigWatch {
  const watcher = Deno.watchFs(dirname(path), { recursive: false });
  let stopped = false;
  const ended = report(watcher, { path, onEvent });
  return {
    async stop() {
      if (!stopped) watcher.close();
      stopped = true;
      await ended;
    },
  };
}

async function report(
  watcher: Deno.FsWatcher,
  { path, onEvent }: { readonly path: string; readonly onEvent: () => void },
): Promise<void> {
  try {
    for await (const { paths } of watcher) {
      if (paths.some((changed) => mayConcern(changed, path))) onEvent();
    }
  } catch {
    // The folder is gone, say. Whoever watches also polls, and finds out.
  }
}
