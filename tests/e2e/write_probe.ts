/**
 * Tries to write where its arguments say, and prints what came of it: `[path, outcome]` for each.
 *
 * The first argument is the folder that is created first; `worker` instead has a Web Worker that may reach
 * that folder alone do it all.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

/** What is to be tried. */
interface Attempt {
  readonly folder: string;
  readonly paths: readonly string[];
}

const [first = "", ...others] = Deno.args;

// A worker takes itself for the main module as well, so it goes by its name.
if (self.name === "writer") self.onmessage = ({ data }) => self.postMessage(tryAll(data));
else start();

function start(): void {
  const [folder = "", ...paths] = first === "worker" ? others : Deno.args;
  if (first !== "worker") return print(tryAll({ folder, paths }));
  const worker = new Worker(import.meta.url, {
    ...{ type: "module", name: "writer" },
    deno: { permissions: { read: [folder], write: [folder] } },
  });
  worker.onmessage = ({ data }) => {
    print(data);
    worker.terminate();
  };
  worker.postMessage({ folder, paths });
}

function print(outcomes: unknown): void {
  // deno-lint-ignore no-console -- this is its purpose
  console.log(JSON.stringify(outcomes));
}

function tryAll({ folder, paths }: Attempt): readonly (readonly [string, string])[] {
  return [
    [folder, outcomeOf(() => Deno.mkdirSync(folder, { recursive: true }))],
    ...paths.map((path) => [path, outcomeOf(() => writeDatabase(path))] as const),
    ...paths.map((path) =>
      [path, outcomeOf(() => Deno.writeTextFileSync(`${path}.txt`, "1"))] as const
    ),
  ];
}

function writeDatabase(path: string): void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE one (two)");
  database.close();
}

function outcomeOf(act: () => void): string {
  try {
    act();
    return "done";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
