import { assertEquals, assertRejects } from "@std/assert";

import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { createMemoryHistory } from "@/lib/history/memory_history.ts";
import { reviveHistory } from "@/lib/history/revived_history.ts";
import { type History, HistoryError } from "@/lib/ports/history.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { append, perSecond, START } from "@/tests/support/histories.ts";
import { RecordedLog } from "@/tests/support/recorded_log.ts";

/** A history in memory that can be told to die, and not to come back yet. */
class Mortal {
  readonly log = new RecordedLog();
  readonly history: History;
  isGone = false;
  opened = 0;
  #die: (reason: string) => void = () => {};

  constructor() {
    const memory = createMemoryHistory({ retention: DEFAULT_RETENTION });
    this.history = reviveHistory({
      ...{ clock: new FakeClock(START), log: this.log, retention: DEFAULT_RETENTION },
      create: (onDeath) => {
        this.#die = onDeath;
        return { ...memory, open: (now) => this.#open(() => memory.open(now)) };
      },
    });
  }

  die(): void {
    this.#die("out of memory");
  }

  #open<Restored>(open: () => Promise<Restored>): Promise<Restored> {
    if (this.isGone) return Promise.reject(new HistoryError("broken", "not yet"));
    this.opened++;
    return open();
  }
}

Deno.test("reviveHistory() opens what died again with the next call, once for all who call", async () => {
  const mortal = new Mortal();
  const { history, log } = mortal;
  await history.open(START);
  await append(history, { samples: perSecond("checkout", START, 5, () => ({ cpu: 1 })) });
  mortal.die();
  const [usage, gaps] = await Promise.all([
    history.usage(),
    history.gaps({ from: START, to: START + 1 }),
  ]);
  assertEquals([usage.rawSamples, gaps, mortal.opened], [5, [], 2]);
  await history.usage();
  assertEquals(mortal.opened, 2);
  assertEquals(log.lines, ["error: history died", "info: history opened again"]);
  await history.close();
});

Deno.test("reviveHistory() rejects calls until it can be opened", async () => {
  const mortal = new Mortal();
  await mortal.history.open(START);
  mortal.die();
  mortal.isGone = true;
  await assertRejects(() => mortal.history.usage(), HistoryError, "not yet");
  await assertRejects(() => mortal.history.usage(), HistoryError, "not yet");
  mortal.isGone = false;
  assertEquals((await mortal.history.usage()).rawSamples, 0);
  await mortal.history.close();
});

Deno.test("reviveHistory() takes a death for no time without a monitor", async () => {
  const clock = new FakeClock();
  let die = (_: string) => {};
  const history = reviveHistory({
    clock,
    log: new RecordedLog(),
    retention: DEFAULT_RETENTION,
    create: (onDeath) => {
      die = onDeath;
      return createMemoryHistory({ retention: DEFAULT_RETENTION });
    },
  });
  await history.open(clock.now());
  const from = clock.now();
  await history.append({ at: clock.now(), samples: [], transitions: [], documents: [] });
  await clock.advance(60_000);
  die("x");
  await history.append({
    at: clock.now(),
    samples: [{ service: "a", at: from + 30_000, metrics: { cpu: 1 } }],
    transitions: [],
    documents: [],
  });
  assertEquals(await history.gaps({ from: 0, to: clock.now() + 1 }), []);
});
