/**
 * Projects in temporary folders.
 *
 * @module
 */

import { dirname, join } from "node:path";

/** A project's folder, removed when disposed. */
export interface Project extends AsyncDisposable {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Writes files, by their path below the folder. */
  write(files: Record<string, string>): Promise<void>;
}

/** Creates a project with some files. */
export async function createProject(files: Record<string, string>): Promise<Project> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "fresh_" }));
  const write = async (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(root, path)), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
  };
  await write(files);
  return {
    root,
    write,
    async [Symbol.asyncDispose]() {
      await Deno.remove(root, { recursive: true });
    },
  };
}
