/**
 * A process that writes one sample after the other into a history and says so, until it is killed.
 *
 *     deno run history_writer.ts <folder>
 *
 * @module
 */

import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { openWorkerHistory } from "@/lib/history/worker_history.ts";

/** When the first sample was taken; the others follow a second apart. */
const START = 1_700_000_000_000;

/** Samples between two looks at what is due. */
const MAINTAINED_EVERY = 100;

async function main(folder: string): Promise<void> {
  const history = openWorkerHistory({ folder, retention: DEFAULT_RETENTION });
  await history.open(START);
  for (let count = 0;; count++) {
    const at = START + 1_000 * count;
    const samples = [{ service: "checkout", at, metrics: { cpu: count % 100 } }];
    await history.append({ at, samples, transitions: [], documents: [] });
    Deno.stdout.writeSync(new TextEncoder().encode(`${count + 1}\n`));
    if (count % MAINTAINED_EVERY === 0) { while (await history.maintain(at)); }
  }
}

if (import.meta.main) void main(Deno.args[0] ?? "data");
