import { assert, assertEquals } from "@std/assert";

import { CounterTrack } from "@/lib/domain/expression/counter_track.ts";

const STEP_MS = 15_000;
const DAY_MS = 86_400_000;

Deno.test("CounterTrack.increase() looks at one step, however long the span is that is asked for too", () => {
  const track = new CounterTrack({ at: 0, value: 0 }, DAY_MS);
  for (let step = 1; step <= 10_000; step++) {
    track.push(step * STEP_MS, step);
    assertEquals(track.increase(null), { by: 1, spanMs: STEP_MS });
  }
  const day = track.increase(DAY_MS);
  assert(day !== null && Math.abs(day.spanMs - DAY_MS) <= DAY_MS / 15, JSON.stringify(day));
  assertEquals(day.by, day.spanMs / STEP_MS);
});
