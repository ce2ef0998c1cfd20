import { assertEquals } from "@std/assert";

import { BUSY_PAUSE_MS, Housekeeping, IDLE_PAUSE_MS } from "@/lib/history/housekeeping.ts";
import { HistoryError } from "@/lib/ports/history.ts";

import { FakeClock } from "../support/fake_clock.ts";
import { RecordedLog } from "../support/recorded_log.ts";

Deno.test("Housekeeping steps on with short pauses while more is due, then idles", async () => {
  const [clock, log] = [new FakeClock(), new RecordedLog()];
  const begin = clock.now();
  const steps: number[] = [];
  const history = {
    maintain: (now: number) => Promise.resolve(steps.push(now - begin) % 3 !== 0),
  };
  const housekeeping = new Housekeeping({ clock, log, history });
  housekeeping.start();
  await clock.advance(IDLE_PAUSE_MS + 2 * BUSY_PAUSE_MS + IDLE_PAUSE_MS - 1);
  assertEquals(steps, [0, 1, 2].map((step) => IDLE_PAUSE_MS + step * BUSY_PAUSE_MS));
  await clock.advance(1);
  assertEquals(steps.length, 4);
  await housekeeping.stop();
  await clock.advance(60_000);
  assertEquals(steps.length, 4);
});

Deno.test("Housekeeping says what is wrong, and goes on", async () => {
  const [clock, log] = [new FakeClock(), new RecordedLog()];
  const history = {
    fault: true,
    maintain(): Promise<boolean> {
      if (this.fault) return Promise.reject(new HistoryError("full", "Cannot keep: disk full"));
      return Promise.resolve(false);
    },
  };
  const housekeeping = new Housekeeping({ clock, log, history });
  housekeeping.start();
  await clock.advance(3 * IDLE_PAUSE_MS);
  assertEquals(housekeeping.problem, "Cannot keep: disk full");
  assertEquals(log.lines, ["warn: history is not kept in order"]);
  history.fault = false;
  await clock.advance(IDLE_PAUSE_MS);
  assertEquals(housekeeping.problem, null);
  await housekeeping.stop();
});
