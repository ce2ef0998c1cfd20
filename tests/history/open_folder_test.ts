import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";

import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { DATABASE_NAME } from "@/lib/history/data_folder.ts";
import { openFolder } from "@/lib/history/open_folder.ts";
import { wrapStore } from "@/lib/history/wrap_store.ts";
import { HistoryError, type HistoryFault } from "@/lib/ports/history.ts";
import { NOTHING, perSecond, START, statusChange } from "@/tests/support/histories.ts";
import { backUp } from "@/tools/backup.ts";

const RETENTION = DEFAULT_RETENTION;
const RANGE = { service: "checkout", from: START, to: START + 1_000_000, points: 1_000 };
const SAMPLES = perSecond("checkout", START, 10, (second) => ({ cpu: second }));

Deno.test("openFolder() makes the folder where there is none", async () => {
  await inFolder((folder) => {
    fill(`${folder}/a/b`);
    assertEquals(readBack(`${folder}/a/b`), 10);
  });
});

Deno.test("openFolder() refuses a folder that another store has, and takes it once that is closed", async () => {
  await inFolder((folder) => {
    const { close } = openFolder(folder, RETENTION);
    refuses(folder, "locked", "set VITALS_DATA to another folder");
    close();
    fill(folder);
  });
});

Deno.test("openFolder() refuses a file that is no database, and leaves it as it is", async () => {
  await inFolder((folder) => {
    const text = "these are the notes of somebody else\n".repeat(200);
    Deno.writeTextFileSync(`${folder}/vitals.db`, text);
    refuses(folder, "corrupt", "move it away or restore a backup");
    assertEquals(Deno.readTextFileSync(`${folder}/vitals.db`), text);
  });
});

Deno.test("openFolder() refuses a database of something else", async () => {
  await inFolder((folder) => {
    using database = new DatabaseSync(`${folder}/vitals.db`);
    database.exec("CREATE TABLE songs (title TEXT)");
    refuses(folder, "corrupt", "none of Vitals");
  });
});

Deno.test("openFolder() takes a log without its database for no first run", async () => {
  await inFolder((folder) => {
    const { store, close } = openFolder(`${folder}/live`, RETENTION);
    store.open(START);
    store.append({ at: START, ...NOTHING, samples: SAMPLES });
    Deno.mkdirSync(`${folder}/killed`);
    Deno.copyFileSync(`${folder}/live/vitals.db-wal`, `${folder}/killed/vitals.db-wal`);
    close();
    refuses(`${folder}/killed`, "corrupt", "restore a backup");
  });
});

Deno.test("openFolder() works no log of another into a backup, and says which files to remove", async () => {
  await inFolder(async (folder) => {
    const [live, killed] = [`${folder}/live`, `${folder}/killed`];
    const { store, close } = openFolder(live, RETENTION);
    store.open(START);
    store.append({ at: START, ...NOTHING, samples: SAMPLES });
    await backUp({ folder: live, target: `${folder}/backup.db` });
    store.append({ at: START + 1, ...NOTHING, samples: SAMPLES });
    await Deno.mkdir(killed);
    await Deno.copyFile(`${live}/vitals.db-wal`, `${killed}/vitals.db-wal`);
    await Deno.copyFile(`${folder}/backup.db`, `${killed}/vitals.db`);
    close();
    refuses(killed, "corrupt", `remove ${killed}/vitals.db-wal`);
    await Deno.remove(`${killed}/vitals.db-wal`);
    assertEquals(readBack(killed), 10);
  });
});

Deno.test("openFolder() refuses a damaged database", async () => {
  await inFolder((folder) => {
    fill(folder);
    const bytes = Deno.readFileSync(`${folder}/vitals.db`);
    bytes.fill(0xa5, 4_096, bytes.length);
    Deno.writeFileSync(`${folder}/vitals.db`, bytes);
    refuses(folder, "corrupt", "restore a backup");
    assertEquals(Deno.readFileSync(`${folder}/vitals.db`), bytes);
  });
});

Deno.test("openFolder() refuses a database that was cut off", async () => {
  await inFolder((folder) => {
    fill(folder);
    Deno.truncateSync(`${folder}/vitals.db`, 5_000);
    refuses(folder, "corrupt", "restore a backup");
  });
});

Deno.test("openFolder() refuses an emptied database that has a log", async () => {
  await inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/vitals.db`, "");
    Deno.writeTextFileSync(`${folder}/vitals.db-wal`, "what was written last");
    refuses(folder, "corrupt", "is empty and was not");
    assertEquals(Deno.readTextFileSync(`${folder}/vitals.db-wal`), "what was written last");
  });
});

Deno.test("openFolder() refuses a database of a newer Vitals", async () => {
  await inFolder((folder) => {
    fill(folder);
    const database = new DatabaseSync(`${folder}/vitals.db`);
    database.exec("PRAGMA user_version = 99");
    database.close();
    refuses(folder, "newer", "written by a newer Vitals");
  });
});

Deno.test("openFolder() refuses what it may not write", () => {
  // Permissions of files do not hold for an administrator; those of the runtime do.
  refuses("/nowhere/vitals", "readonly", "allow Vitals to write it");
});

Deno.test("openFolder() has all that was appended when the process before was killed", async () => {
  await inFolder((folder) => {
    const [before, after] = [`${folder}/before`, `${folder}/after`];
    const { store, close } = openFolder(before, RETENTION);
    store.open(START);
    const transitions = [statusChange("checkout", START, "HEALTHY")];
    store.append({ at: START + 10_000, ...NOTHING, samples: SAMPLES, transitions });
    // These are the files that a killed process leaves.
    Deno.mkdirSync(after);
    for (const name of ["vitals.db", "vitals.db-wal", "vitals.lock"]) {
      Deno.copyFileSync(`${before}/${name}`, `${after}/${name}`);
    }
    assertEquals(readBack(after), 10);
    close();
  });
});

Deno.test("a database that is open can be read by others", async () => {
  await inFolder((folder) => {
    const { store, close } = openFolder(folder, RETENTION);
    store.open(START);
    store.append({ at: START, ...NOTHING, samples: SAMPLES });
    using reader = new DatabaseSync(`${folder}/vitals.db`, { readOnly: true });
    assertEquals(reader.prepare("SELECT name FROM services").all().map(({ name }) => name), [
      "checkout",
    ]);
    close();
  });
});

async function inFolder(run: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function fill(folder: string): void {
  const { store, close } = openFolder(folder, RETENTION);
  store.open(START);
  store.append({ at: START, ...NOTHING, samples: SAMPLES });
  store.close();
  close();
}

function readBack(folder: string): number {
  const { store, close } = openFolder(folder, RETENTION);
  const { metrics } = store.samples(RANGE);
  close();
  return metrics.cpu?.t.length ?? 0;
}

function refuses(folder: string, fault: HistoryFault, words: string): void {
  const error = assertThrows(() => openFolder(folder, RETENTION), HistoryError, words);
  assertEquals(error.fault, fault);
}

Deno.test("openFolder() writes no more once the database is gone from its place, or another stands there", async () => {
  await inFolder(async (folder) => {
    const history = wrapStore({ open: () => openFolder(folder, RETENTION) });
    await history.open(1_000);
    const batch = { at: 1_001, samples: [], transitions: [], documents: [] };
    await history.append(batch);
    const path = `${folder}/${DATABASE_NAME}`;
    await Deno.rename(path, `${path}.away`);
    await assertRejects(() => history.append(batch), HistoryError, "was deleted under Vitals");
    await assertRejects(() => history.maintain(1_002), HistoryError, "was deleted under Vitals");
    await Deno.writeTextFile(path, "another");
    await assertRejects(() => history.append(batch), HistoryError, "was replaced by another file");
    await Deno.rename(`${path}.away`, path);
    await history.append(batch);
    await history.close();
  });
});
