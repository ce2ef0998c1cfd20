import { assertEquals, assertRejects } from "@std/assert";

import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { openFolder } from "@/lib/history/open_folder.ts";
import { NOTHING, perSecond, START } from "@/tests/support/histories.ts";
import { backUp } from "@/tools/backup.ts";

const SAMPLES = perSecond("checkout", START, 50, (second) => ({ cpu: second }));

Deno.test("backUp() copies what a running Vitals has written, and the copy can be opened", async () => {
  await inFolder(async (folder) => {
    const { store, close } = openFolder(`${folder}/data`, DEFAULT_RETENTION);
    store.open(START);
    store.append({ at: START, ...NOTHING, samples: SAMPLES });
    await Deno.mkdir(`${folder}/restored`);
    const target = `${folder}/restored/vitals.db`;
    const bytes = await backUp({ folder: `${folder}/data`, target });
    assertEquals(bytes, (await Deno.stat(target)).size);
    close();
    assertEquals(countSamples(`${folder}/restored`), 50);
    assertEquals(await namesIn(folder), [
      "data",
      "restored",
    ]);
  });
});

Deno.test("backUp() copies what a Vitals has left that does not run", async () => {
  await inFolder(async (folder) => {
    const { store, close } = openFolder(`${folder}/data`, DEFAULT_RETENTION);
    store.append({ at: START, ...NOTHING, samples: SAMPLES });
    close();
    await Deno.mkdir(`${folder}/restored`);
    await backUp({ folder: `${folder}/data`, target: `${folder}/restored/vitals.db` });
    assertEquals(countSamples(`${folder}/restored`), 50);
  });
});

Deno.test("backUp() overwrites nothing", async () => {
  await inFolder(async (folder) => {
    openFolder(folder, DEFAULT_RETENTION).close();
    const target = `${folder}/precious.txt`;
    await Deno.writeTextFile(target, "mine");
    await assertRejects(() => backUp({ folder, target }), RangeError, "name a new file");
    assertEquals(await Deno.readTextFile(target), "mine");
  });
});

Deno.test("backUp() says where it found no history", async () => {
  await inFolder(async (folder) => {
    const plan = { folder, target: `${folder}/copy.db` };
    await assertRejects(() => backUp(plan), RangeError, "set VITALS_DATA to the folder");
    assertEquals(await namesIn(folder), []);
  });
});

Deno.test("backUp() leaves nothing behind when it fails", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/vitals.db`, "no database, but some text\n".repeat(100));
    const plan = { folder, target: `${folder}/copy.db` };
    await assertRejects(() => backUp(plan), RangeError, "Cannot back up to");
    assertEquals(await namesIn(folder), ["vitals.db"]);
  });
});

function countSamples(folder: string): number {
  const { store, close } = openFolder(folder, DEFAULT_RETENTION);
  const range = { service: "checkout", from: START, to: START + 100_000, points: 1_000 };
  const { metrics } = store.samples(range);
  close();
  return metrics.cpu?.t.length ?? 0;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
