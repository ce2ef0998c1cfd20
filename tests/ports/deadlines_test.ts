import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { Deadlines } from "@/lib/ports/deadlines.ts";

import { FakeClock } from "../support/fake_clock.ts";

Deno.test("Deadlines calls at the very instant, with one timer for all", async () => {
  const clock = new FakeClock(0);
  const due: [number, readonly string[]][] = [];
  const deadlines = new Deadlines({ clock, onDue: (owners) => due.push([clock.now(), owners]) });
  deadlines.set("b", 2_000);
  deadlines.set("a", 1_000);
  deadlines.set("c", 2_000);
  assertEquals(clock.pending, 1);
  await clock.advance(5_000);
  assertEquals(due.map(([at, owners]) => [at, owners.toSorted()]), [
    [1_000, ["a"]],
    [2_000, ["b", "c"]],
  ]);
  assertEquals([clock.pending, deadlines.size], [0, 0]);
});

Deno.test("Deadlines.stop() ends all waiting", async () => {
  const clock = new FakeClock(0);
  const deadlines = new Deadlines({ clock, onDue: () => assertEquals("called", "silent") });
  deadlines.set("a", 1_000);
  deadlines.stop();
  deadlines.set("b", 1_000);
  assertEquals(clock.pending, 0);
  await clock.advance(5_000);
});

Deno.test("Deadlines waits as long as it was told, however the wall clock is set meanwhile", async () => {
  for (const stepMs of [-3_600_000, 3_600_000]) {
    const clock = new FakeClock(0);
    let due = 0;
    const deadlines = new Deadlines({ clock, onDue: () => due++ });
    deadlines.set("a", 1_000);
    clock.step(stepMs);
    await clock.advance(999);
    assertEquals(due, 0);
    await clock.advance(1);
    assertEquals(due, 1);
  }
});

Deno.test("Deadlines equals a plain list: each owner is due once, when its latest deadline comes", async () => {
  const acts = fc.array(
    fc.record({
      owner: fc.constantFrom("a", "b", "c", "d"),
      delayMs: fc.option(fc.integer({ min: 1, max: 50 })),
      passMs: fc.integer({ min: 0, max: 20 }),
    }),
    { maxLength: 40 },
  );
  await fc.assert(fc.asyncProperty(acts, async (list) => {
    const clock = new FakeClock(0);
    const due: string[] = [];
    const model = new Map<string, number>();
    const expected: string[] = [];
    const deadlines = new Deadlines({
      clock,
      onDue: (owners) => due.push(...owners.map((owner) => `${clock.now()} ${owner}`)),
    });
    async function pass(durationMs: number): Promise<void> {
      await clock.advance(durationMs);
      for (const [owner, at] of model) {
        if (at <= clock.now()) {
          expected.push(`${at} ${owner}`);
          model.delete(owner);
        }
      }
    }
    for (const { owner, delayMs, passMs } of list) {
      const at = delayMs === null ? null : clock.now() + delayMs;
      deadlines.set(owner, at);
      if (at === null) model.delete(owner);
      else model.set(owner, at);
      await pass(passMs);
    }
    await pass(100);
    assertEquals(due.toSorted(), expected.toSorted());
    assertEquals(clock.pending, 0);
  }));
});
