import { assertEquals } from "@std/assert";

import { createBreather, WORK_MS } from "@/lib/status_page/breather.ts";

/** A clock on which each look takes a millisecond. */
function busyClock() {
  const seen = { ms: 0, pauses: 0 };
  return {
    seen,
    monotonicMs: () => seen.ms++,
    after: (_delayMs: number, run: () => void) => {
      seen.pauses++;
      queueMicrotask(run);
      return () => {};
    },
  };
}

Deno.test("createBreather() pauses after some work, and not in between", async () => {
  const clock = busyClock();
  const breathe = createBreather(clock);
  for (let step = 1; step < WORK_MS; step++) await breathe();
  assertEquals(clock.seen.pauses, 0);
  await breathe();
  assertEquals(clock.seen.pauses, 1);
  await breathe();
  assertEquals(clock.seen.pauses, 1);
});
