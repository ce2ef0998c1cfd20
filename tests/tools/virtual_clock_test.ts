import { assertEquals } from "@std/assert";

import { VirtualClock } from "@/tools/virtual_clock.ts";

Deno.test("VirtualClock advances through its timers in order, at their times", async () => {
  const clock = new VirtualClock(1_000);
  const ran: string[] = [];
  const note = (name: string) => () => void ran.push(`${name} ${clock.now()}`);
  clock.after(20, note("later"));
  clock.after(10, note("older"));
  clock.after(10, note("younger"));
  clock.after(5, () => void clock.after(0, note("nested")));
  clock.after(7, note("cancelled"))();
  clock.after(31, note("beyond"));
  await clock.advance(30);
  assertEquals(ran, ["nested 1005", "older 1010", "younger 1010", "later 1020"]);
  assertEquals([clock.now(), clock.monotonicMs()], [1_030, 30]);
});

Deno.test("VirtualClock lets promises settle between two timers", async () => {
  const clock = new VirtualClock(0);
  const ran: string[] = [];
  clock.after(1, () => void Promise.resolve().then(() => {}).then(() => ran.push("promise")));
  clock.after(1, () => void ran.push("timer"));
  await clock.advance(1);
  assertEquals(ran, ["promise", "timer"]);
});
