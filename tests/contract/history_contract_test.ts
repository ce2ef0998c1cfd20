import { createMemoryHistory } from "@/lib/history/memory_history.ts";
import { openFolder } from "@/lib/history/open_folder.ts";
import { openWorkerHistory } from "@/lib/history/worker_history.ts";
import { wrapStore } from "@/lib/history/wrap_store.ts";
import { historyContract } from "@/tests/contract/history_contract.ts";

historyContract("memory", (retention) =>
  Promise.resolve({
    history: createMemoryHistory({ retention }),
    async [Symbol.asyncDispose]() {},
  }));

historyContract("SqliteStore", async (retention) => {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  return {
    history: wrapStore({ open: () => openFolder(folder, retention) }),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
});

historyContract("worker", async (retention) => {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  return {
    history: openWorkerHistory({ folder, retention }),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
});
