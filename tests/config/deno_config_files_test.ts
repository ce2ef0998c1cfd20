import { assertEquals, assertRejects } from "@std/assert";

import { denoConfigFiles, mayConcern } from "@/lib/config/deno_config_files.ts";
import { MAX_CONFIG_BYTES } from "@/lib/config/jsonc_document.ts";

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "vitals_" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Watches until `act` was noticed, then stops. */
async function noticed(path: string, act: () => Promise<void>): Promise<void> {
  const event = Promise.withResolvers<void>();
  const watch = denoConfigFiles.watch(path, event.resolve);
  try {
    await act();
    await event.promise;
  } finally {
    await watch.stop();
    await watch.stop();
  }
}

Deno.test("denoConfigFiles.read() returns the bytes, or null for a missing file", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonc`;
    assertEquals(await denoConfigFiles.read(path), null);
    await Deno.writeTextFile(path, "{}");
    assertEquals(await denoConfigFiles.read(path), new TextEncoder().encode("{}"));
  });
});

Deno.test("denoConfigFiles.read() reads no more than is needed to see that it is too much", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonc`;
    await Deno.writeFile(path, new Uint8Array(MAX_CONFIG_BYTES + 1_000));
    assertEquals((await denoConfigFiles.read(path))?.length, MAX_CONFIG_BYTES + 1);
  });
});

Deno.test("denoConfigFiles.read() refuses a folder", async () => {
  await withFolder(async (folder) => {
    await assertRejects(() => denoConfigFiles.read(folder), Error);
  });
});

Deno.test("denoConfigFiles.watch() notices a file that appears, changes, is replaced and goes", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonc`;
    await noticed(path, () => Deno.writeTextFile(path, "{}"));
    await noticed(path, () => Deno.writeTextFile(path, "{ }"));
    await noticed(path, async () => {
      await Deno.writeTextFile(`${folder}/.a.jsonc.swp`, "{  }");
      await Deno.rename(`${folder}/.a.jsonc.swp`, path);
    });
    await noticed(path, () => Deno.remove(path));
  });
});

Deno.test("denoConfigFiles.watch() notices a Kubernetes volume that is replaced", async () => {
  await withFolder(async (folder) => {
    // There `..data` is a link to a folder; `a.jsonc` is a link through it that itself never changes.
    await Deno.mkdir(`${folder}/..data_tmp`);
    await noticed(`${folder}/a.jsonc`, () => {
      return Deno.rename(`${folder}/..data_tmp`, `${folder}/..data`);
    });
  });
});

Deno.test("mayConcern() tells the file and the links of Kubernetes from other files", async (t) => {
  const rows: [string, boolean][] = [
    ["/etc/vitals/a.jsonc", true],
    ["/etc/vitals/..data", true],
    ["/etc/vitals/..2026_11_24_00_00_00.1", true],
    ["/etc/vitals/vitals.db-wal", false],
    ["/etc/vitals/a.jsonc~", false],
  ];
  for (const [changed, expected] of rows) {
    await t.step(changed, () => assertEquals(mayConcern(changed, "./a.jsonc"), expected));
  }
});
