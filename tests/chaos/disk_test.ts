import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { QUIET } from "../e2e/running_app.ts";
import { Storm, until } from "./storm.ts";

const FILE = "vitals.db";

Deno.test("chaos: a database that somebody else locks delays answers, and loses nothing", async () => {
  await using storm = await Storm.begin(QUIET);
  const other = new DatabaseSync(join(storm.app.dataFolder, FILE));
  try {
    other.exec("BEGIN IMMEDIATE");
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    other.exec("ROLLBACK");
  } finally {
    other.close();
  }
  await storm.calm();
});

const FULL =
  "chaos: a full disk is told of, refuses what it cannot keep, and is over once there is room";

Deno.test({ name: FULL, ignore: !canMount(), fn: fillDisk });

async function fillDisk(): Promise<void> {
  await using disk = await SmallDisk.mount(6);
  await using storm = await Storm.begin(QUIET, { VITALS_DATA: join(disk.path, "data") });
  const ballast = join(disk.path, "ballast");
  await fillUp(ballast);
  await until(async () => {
    const answer = await fetch(`${storm.app.origin}/api/heartbeats/late`, { method: "POST" });
    await answer.body?.cancel();
    return answer.status === 503 && Number(answer.headers.get("retry-after")) > 0;
  }, () => Promise.resolve("a full disk is not noticed"));
  const { status, checks } = await storm.health();
  assertEquals([status, checks.history?.status], ["warn", "warn"]);
  assert(await storm.counter("vitals_history_write_failures_total") > 0);
  await Deno.remove(ballast);
  await storm.calm();
  await storm.app.end("SIGKILL");
  await storm.app.start();
  await storm.calm();
}

Deno.test("chaos: a database that is damaged is named at the start, and not begun anew", async () => {
  await using storm = await Storm.begin(QUIET);
  await storm.app.end("SIGKILL");
  const path = join(storm.app.dataFolder, FILE);
  for (const suffix of ["-wal", "-shm"]) await Deno.remove(path + suffix).catch(() => {});
  await Deno.writeFile(path, crypto.getRandomValues(new Uint8Array(65_536)));
  const before = await Deno.readFile(path);
  const reason = await storm.app.start().then(() => "", (error) => String(error));
  assert(reason.includes("Cannot open the history"), reason);
  assertEquals(await Deno.readFile(path), before);
});

Deno.test("chaos: a database that is deleted under a running Vitals is told of", async () => {
  await using storm = await Storm.begin(QUIET);
  for (const suffix of ["", "-wal", "-shm"]) {
    await Deno.remove(join(storm.app.dataFolder, FILE + suffix)).catch(() => {});
  }
  await until(
    async () => (await storm.health()).checks.history?.status === "warn",
    async () => `nobody says so: ${JSON.stringify((await storm.health()).checks.history)}`,
  );
});

/** Root may mount, unless it is root of a container without that right. */
function canMount(): boolean {
  const path = Deno.makeTempDirSync({ prefix: "vitals_mount_" });
  const isMounted = new Deno.Command("mount", { args: ["-t", "tmpfs", "tmpfs", path] })
    .outputSync().success;
  if (isMounted) new Deno.Command("umount", { args: [path] }).outputSync();
  Deno.removeSync(path);
  return isMounted;
}

/** A file system in memory of a few MiB, which only root may mount. */
class SmallDisk implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async mount(sizeMiB: number): Promise<SmallDisk> {
    const path = await Deno.makeTempDir({ prefix: "vitals_disk_" });
    await run("mount", ["-t", "tmpfs", "-o", `size=${sizeMiB}m`, "tmpfs", path]);
    return new SmallDisk(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run("umount", ["-l", this.path]);
    await Deno.remove(this.path);
  }
}

async function run(command: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args }).output();
  if (!success) throw new Error(`Cannot ${command}: ${new TextDecoder().decode(stderr)}`);
}

async function fillUp(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  const block = new Uint8Array(4_096);
  try {
    for (;;) await file.write(block);
  } catch {
    // There is no room left, which is what is wanted.
  }
}
