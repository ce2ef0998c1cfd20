import { assert, assertEquals } from "@std/assert";

import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";

Deno.test("now() and monotonicMs() tell real time", () => {
  const before = Date.now();
  const now = SYSTEM_CLOCK.now();
  assert(before <= now && now <= Date.now());
  assert(SYSTEM_CLOCK.monotonicMs() <= SYSTEM_CLOCK.monotonicMs());
});

Deno.test("after() calls back once, not before returning", async () => {
  const calls: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  SYSTEM_CLOCK.after(-5, () => {
    calls.push("called");
    resolve();
  });
  calls.push("returned");
  await promise;
  assertEquals(calls, ["returned", "called"]);
});

Deno.test("after() is undone by the function it returns, even if called twice", async () => {
  const calls: string[] = [];
  const cancel = SYSTEM_CLOCK.after(0, () => calls.push("cancelled"));
  cancel();
  cancel();
  await new Promise<void>((resolve) => void SYSTEM_CLOCK.after(1, resolve));
  assertEquals(calls, []);
});

Deno.test("after() waits for a delay longer than setTimeout can keep", async () => {
  const calls: string[] = [];
  const cancel = SYSTEM_CLOCK.after(2 ** 31 + 1_000, () => calls.push("too early"));
  await new Promise<void>((resolve) => void SYSTEM_CLOCK.after(5, resolve));
  cancel();
  assertEquals(calls, []);
});
