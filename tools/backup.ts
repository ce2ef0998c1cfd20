/**
 * Copies the database of a history, also while Vitals runs: `deno task history:backup <new file>`. The copy is
 * of one moment, and is checked before it gets its name.
 *
 * @module
 */

import { backup, DatabaseSync } from "node:sqlite";

import { DATABASE_NAME } from "@/lib/history/data_folder.ts";

/** What is copied where to. */
export interface BackupPlan {
  /** The folder of the database. */
  readonly folder: string;
  /** Path of the copy, where nothing may be yet. */
  readonly target: string;
}

/** So many pages are copied at once: all, or a writer in between would make it begin anew. */
const ALL_PAGES = 2 ** 30;

if (import.meta.main) void run();

/**
 * Makes a copy of the database.
 *
 * @returns Its size in bytes.
 * @throws {RangeError} If there is no history, or something is at the target already; the message is one line.
 */
export async function backUp({ folder, target }: BackupPlan): Promise<number> {
  const source = `${folder}/${DATABASE_NAME}`;
  if (!await exists(source)) {
    throw new RangeError(
      `Cannot back up ${source}: there is no such file; set VITALS_DATA to the folder of the history`,
    );
  }
  if (await exists(target)) {
    throw new RangeError(`Cannot back up to ${target}: it is there already; name a new file`);
  }
  const unfinished = `${target}.part`;
  try {
    await copy(source, unfinished);
    check(unfinished);
    await Deno.rename(unfinished, target);
  } catch (error) {
    await removeIfThere(unfinished);
    const reason = error instanceof Error ? error.message : String(error);
    throw new RangeError(`Cannot back up to ${target}: ${reason}`, { cause: error });
  }
  return (await Deno.stat(target)).size;
}

/** `VACUUM INTO` would need `ATTACH`, which Deno does not allow. */
async function copy(source: string, target: string): Promise<void> {
  using database = new DatabaseSync(source, { readOnly: true });
  await backup(database, target, { rate: ALL_PAGES });
}

function check(path: string): void {
  using database = new DatabaseSync(path);
  // One file is easier to move than a file and its log.
  database.exec("PRAGMA journal_mode = DELETE");
  const verdict = database.prepare("PRAGMA quick_check(1)").get()?.quick_check;
  if (verdict !== "ok") throw new Error(`the copy is damaged (${verdict}), and so is the history`);
}

async function run(): Promise<void> {
  const [target, ...others] = Deno.args;
  try {
    if (target === undefined || others.length > 0) {
      throw new RangeError(
        "Cannot back up: name one new file, as in deno task history:backup a.db",
      );
    }
    const folder = Deno.env.get("VITALS_DATA") || "data";
    const bytes = await backUp({ folder, target });
    print(Deno.stdout, `${target}: ${bytes} bytes`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    print(Deno.stderr, error.message);
    Deno.exit(1);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  if (await exists(path)) await Deno.remove(path);
}

function print(stream: typeof Deno.stdout | typeof Deno.stderr, line: string): void {
  stream.writeSync(new TextEncoder().encode(`${line}\n`));
}
