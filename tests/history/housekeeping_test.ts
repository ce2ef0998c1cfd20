import { assertEquals } from "@std/assert";

import { BUSY_MS, BUSY_PAUSE_MS, Housekeeping, IDLE_PAUSE_MS } from "@/lib/history/housekeeping.ts";
import { HistoryError } from "@/lib/ports/history.ts";

import { FakeClock } from "../support/fake_clock.ts";
import { RecordedLog } from "../support/recorded_log.ts";

Deno.test("Housekeeping takes steps for a moment, pauses while more is due, then idles", async () => {
  const [clock, log] = [new FakeClock(), new RecordedLog()];
  const begin = clock.now();
  const steps: number[] = [];
  const history = {
    maintain(now: number): Promise<boolean> {
      steps.push(now - begin);
      clock.stall(BUSY_MS / 2);
      return Promise.resolve(steps.length !== 5);
    },
  };
  const housekeeping = new Housekeeping({ clock, log, history });
  housekeeping.start();
  await clock.advance(IDLE_PAUSE_MS + 3 * (BUSY_MS + BUSY_PAUSE_MS));
  const starts = [0, 1, 2].map((turn) => IDLE_PAUSE_MS + turn * (BUSY_MS + BUSY_PAUSE_MS));
  const [one = 0, two = 0, three = 0] = starts;
  assertEquals(steps, [one, one + BUSY_MS / 2, two, two + BUSY_MS / 2, three]);
  await clock.advance(IDLE_PAUSE_MS);
  assertEquals(steps.length > 5, true);
  await housekeeping.stop();
  const { length } = steps;
  await clock.advance(60_000);
  assertEquals(steps.length, length);
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
