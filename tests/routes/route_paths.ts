/**
 * The paths that the files of `routes/` answer: whatever is added there is found.
 *
 * @module
 */

const ROUTES = new URL("../../routes/", import.meta.url);

/** Returns the paths as a description names them, such as `/services/{name}`, in order. */
export async function routePaths(): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of walk("")) paths.push(path);
  return paths.sort();
}

async function* walk(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder || ".", ROUTES))) {
    // Groups leave no trace in a path; those whose name begins with `_` hold no routes.
    if (isDirectory && !name.startsWith("(_")) yield* walk(`${folder}${name}/`);
    const [, file] = /^([^_].*)\.tsx?$/.exec(name) ?? [];
    if (!isDirectory && file !== undefined) yield toPath(folder + file);
  }
}

function toPath(file: string): string {
  const parts = file.split("/").filter((part) => part !== "index" && !part.startsWith("("));
  return `/${parts.join("/")}`.replace(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}");
}
