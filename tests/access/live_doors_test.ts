import { assertEquals } from "@std/assert";

import { LiveDoors } from "@/lib/access/live_doors.ts";
import type { Caller } from "@/lib/ports/access.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

function callerAt(address: string): Caller {
  return { client: { address, isLocal: false, isSecure: false }, identity: { kind: "nobody" } };
}

Deno.test("LiveDoors close whoever may not stay, once, and at the latest after a minute", async () => {
  const clock = new FakeClock();
  const gone = new Set<string>();
  const closed: string[] = [];
  const doors = new LiveDoors({ clock, mayStay: ({ client }) => !gone.has(client.address) });
  for (const address of ["a", "b", "c"]) doors.open(callerAt(address), () => closed.push(address));
  gone.add("b");
  await clock.advance(60_000);
  assertEquals(closed, ["b"]);
  gone.add("a");
  doors.look();
  doors.look();
  assertEquals(closed, ["b", "a"]);
  doors.open(callerAt("b"), () => closed.push("late"));
  assertEquals(closed, ["b", "a", "late"]);
});

Deno.test("LiveDoors hold no timer when nothing is open", () => {
  const clock = new FakeClock();
  const doors = new LiveDoors({ clock, mayStay: () => true });
  const leave = [doors.open(callerAt("a"), () => {}), doors.open(callerAt("b"), () => {})];
  assertEquals(clock.pending, 1);
  for (const each of leave) each();
  for (const each of leave) each();
  assertEquals(clock.pending, 0);
});
