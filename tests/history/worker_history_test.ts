import { assertEquals, assertRejects } from "@std/assert";

import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { openWorkerHistory } from "@/lib/history/worker_history.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import { append, perSecond, START } from "@/tests/support/histories.ts";

const RETENTION = DEFAULT_RETENTION;

Deno.test("openWorkerHistory() hands on why it cannot be opened, and can be tried again", async () => {
  await inFolder(async (folder) => {
    const [one, other] = [0, 1].map(() => openWorkerHistory({ folder, retention: RETENTION }));
    if (one === undefined || other === undefined) throw new Error("there are two");
    await one.open(START);
    const error = await assertRejects(() => other.open(START), HistoryError, "another process");
    assertEquals(error.fault, "locked");
    await one.close();
    await other.open(START);
    await other.close();
  });
});

Deno.test("openWorkerHistory() rejects all that waits and all that follows once its worker is dead", async () => {
  await inFolder(async (folder) => {
    const worker = new FragileWorker();
    const deaths: string[] = [];
    const history = openWorkerHistory({
      ...{ folder, retention: RETENTION, create: worker.create },
      onDeath: (reason) => deaths.push(reason),
    });
    await history.open(START);
    await append(history, { samples: perSecond("checkout", START, 5, () => ({ cpu: 1 })) });
    const waiting = [history.usage(), history.maintain(START)];
    worker.die("out of memory");
    for (const call of [...waiting, history.usage()]) {
      const error = await assertRejects(() => call, HistoryError, "Cannot use the history");
      assertEquals(error.fault, "broken");
    }
    assertEquals(deaths, ["out of memory"]);
    await history.open(START);
    assertEquals((await history.usage()).rawSamples, 5);
    await history.close();
  });
});

Deno.test("openWorkerHistory() says where it cannot be opened, and why", async () => {
  const create = (): Worker => {
    throw new Deno.errors.NotCapable("Can't escalate parent thread permissions");
  };
  const history = openWorkerHistory({ folder: "/nowhere", retention: RETENTION, create });
  const error = await assertRejects(() => history.open(START), HistoryError, "in /nowhere");
  assertEquals(error.fault, "broken");
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/vitals.db`, "no database");
    const damaged = openWorkerHistory({ folder, retention: RETENTION });
    await assertRejects(() => damaged.open(START), HistoryError, `history in ${folder}: the file`);
  });
});

/** Real workers that can be told to die. */
class FragileWorker {
  #worker: Worker | null = null;

  readonly create = (module: string, options: WorkerOptions): Worker => {
    this.#worker = new Worker(module, options);
    return this.#worker;
  };

  die(message: string): void {
    this.#worker?.dispatchEvent(new ErrorEvent("error", { message, cancelable: true }));
  }
}

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
