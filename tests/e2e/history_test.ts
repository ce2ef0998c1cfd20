import { assert, assertEquals, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";

import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { openFolder } from "@/lib/history/open_folder.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import { backUp } from "@/tools/backup.ts";

import { ChildProcess } from "./child_process.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

const START = 1_700_000_000_000;

/** Enough that some are sealed, and some are not. */
const ENOUGH = /^1500$/m;

Deno.test("history: what was answered survives kill -9, and the folder is free at once", async () => {
  const folder = await Deno.makeTempDir();
  await using writer = new ChildProcess({
    args: ["run", "--no-prompt", ...permissions(folder), "tests/e2e/history_writer.ts", folder],
    folder: PROJECT,
  });
  await writer.written(ENOUGH);
  const error = assertThrows(() => openFolder(folder, DEFAULT_RETENTION), HistoryError);
  assertEquals(error.fault, "locked");
  await Deno.mkdir(`${folder}/copy`);
  await backUp({ folder, target: `${folder}/copy/vitals.db` });
  assert(countSamples(`${folder}/copy`) >= 1_500);

  writer.kill("SIGKILL");
  const { stdout } = await writer.ended;
  // What follows the last end of a line was cut off, or is nothing.
  const answered = Number(stdout.split("\n").at(-2));
  const kept = countSamples(folder);
  assert(kept >= answered && kept <= answered + 1, `${answered} answered, ${kept} kept`);
  await Deno.remove(folder, { recursive: true });
});

/** The worker is a module of the project, which must be readable. */
function permissions(folder: string): readonly string[] {
  return [`--allow-read=.,${folder}`, `--allow-write=${folder}`];
}

function countSamples(folder: string): number {
  const { store, close } = openFolder(folder, DEFAULT_RETENTION);
  const range = { service: "checkout", from: START, to: 2 * START, points: 1_000_000 };
  const { metrics } = store.samples(range);
  close();
  return metrics.cpu?.t.length ?? 0;
}
