import { assertEquals } from "@std/assert";

import { StatsTimer } from "@/lib/live/stats_timer.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

function setUp() {
  const clock = new FakeClock();
  const looks: number[] = [];
  const timer = new StatsTimer({ clock, look: () => void looks.push(clock.monotonicMs()) });
  return { clock, looks, timer };
}

Deno.test("lookWithin() merges requests into the earliest", async () => {
  const { clock, looks, timer } = setUp();
  timer.lookWithin(2_000);
  timer.lookWithin(250);
  await clock.advance(100);
  timer.lookWithin(250);
  assertEquals(clock.pending, 1);
  await clock.advance(5_000);
  assertEquals(looks, [250]);
  timer.lookWithin(10);
  await clock.advance(10);
  assertEquals(looks, [250, 5_110]);
});

Deno.test("postpone() replaces an earlier look", async () => {
  const { clock, looks, timer } = setUp();
  timer.lookWithin(250);
  timer.postpone(2_000);
  await clock.advance(5_000);
  assertEquals(looks, [2_000]);
});

Deno.test("cancel() leaves no timer, and a later request counts", async () => {
  const { clock, looks, timer } = setUp();
  timer.lookWithin(250);
  timer.cancel();
  assertEquals(clock.pending, 0);
  timer.lookWithin(2_000);
  await clock.advance(2_000);
  assertEquals(looks, [2_000]);
});
