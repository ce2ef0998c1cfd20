import { assert, assertEquals } from "@std/assert";

import { placeOf, TryLimiter } from "@/lib/access/try_limiter.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const [MALLORY, ANNA] = ["192.0.2.66", "192.0.2.7"];

function exhaust(limiter: TryLimiter, address: string, count = 10): void {
  for (let index = 0; index < count; index++) limiter.judge(address, `wrong ${index}`, false);
}

Deno.test("TryLimiter looks at ten wrong tokens, then at one more every half a minute", async () => {
  const clock = new FakeClock();
  const limiter = new TryLimiter(clock);
  for (let index = 0; index < 10; index++) {
    assertEquals(limiter.judge(MALLORY, `wrong ${index}`, false), { kind: "wrong" });
  }
  assertEquals(limiter.judge(MALLORY, "a", false), { kind: "limited", retryAfterMs: 30_000 });
  await clock.advance(29_000);
  assertEquals(limiter.judge(MALLORY, "a", false), { kind: "limited", retryAfterMs: 1_000 });
  await clock.advance(1_000);
  assertEquals(limiter.judge(MALLORY, "a", false), { kind: "wrong" });
  assertEquals(limiter.judge(MALLORY, "b", false).kind, "limited");
  await clock.advance(3_600_000);
  exhaust(limiter, MALLORY);
  assertEquals(limiter.judge(MALLORY, "c", false).kind, "limited");
});

Deno.test("TryLimiter does not tell a right token from a wrong one while an address is limited", () => {
  const limiter = new TryLimiter(new FakeClock());
  exhaust(limiter, MALLORY);
  const right = limiter.judge(MALLORY, "right", true);
  assertEquals(right, limiter.judge(MALLORY, "other", false));
  assertEquals(right.kind, "limited");
});

Deno.test("TryLimiter limits no other address", () => {
  const limiter = new TryLimiter(new FakeClock());
  exhaust(limiter, MALLORY, 1_000);
  assertEquals(limiter.judge(ANNA, "right", true), { kind: "right" });
  assertEquals(limiter.judge(ANNA, "wrong", false), { kind: "wrong" });
});

Deno.test("TryLimiter: a right token costs no try and gives none back", () => {
  const limiter = new TryLimiter(new FakeClock());
  exhaust(limiter, MALLORY, 9);
  for (let index = 0; index < 100; index++) {
    assertEquals(limiter.judge(MALLORY, "right", true), { kind: "right" });
  }
  assertEquals(limiter.judge(MALLORY, "x", false), { kind: "wrong" });
  assertEquals(limiter.judge(MALLORY, "y", false).kind, "limited");
});

Deno.test("TryLimiter: a program with the same wrong token again costs its neighbours nothing", () => {
  const limiter = new TryLimiter(new FakeClock());
  for (let index = 0; index < 100; index++) {
    assertEquals(limiter.judge(ANNA, "stale token", false), { kind: "wrong" });
  }
  assertEquals(limiter.judge(ANNA, "right", true), { kind: "right" });
  exhaust(limiter, ANNA);
  assertEquals(limiter.judge(ANNA, "wrong 8", false), { kind: "wrong" });
  assertEquals(limiter.judge(ANNA, "right", true).kind, "limited");
});

Deno.test("TryLimiter counts a /64 of IPv6 as one place, and IPv4 in IPv6 as IPv4", () => {
  assertEquals(placeOf("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assertEquals(placeOf("2001:db8:1:2::1"), "2001:db8:1:2::/64");
  assert(placeOf("2001:db8:1:3::1") !== placeOf("2001:db8:1:2::1"));
  assertEquals(placeOf("::ffff:192.0.2.1"), "192.0.2.1");
  assertEquals(placeOf("192.0.2.1"), "192.0.2.1");
  assertEquals(placeOf("unknown"), "unknown");
  const limiter = new TryLimiter(new FakeClock());
  for (let index = 0; index < 10; index++) {
    limiter.judge(`2001:db8::${index}`, `wrong ${index}`, false);
  }
  assertEquals(limiter.judge("2001:db8::abcd", "x", false).kind, "limited");
  assertEquals(limiter.judge("2001:db8:0:1::1", "x", false).kind, "wrong");
});

Deno.test("TryLimiter forgets the oldest of too many addresses", () => {
  const limiter = new TryLimiter(new FakeClock(), { addresses: 3, burst: 1 });
  for (const last of [1, 2, 3, 4, 5]) limiter.judge(`192.0.2.${last}`, "x", false);
  assertEquals(limiter.size, 3);
  assertEquals(limiter.judge("192.0.2.5", "y", false).kind, "limited");
  assertEquals(limiter.judge("192.0.2.1", "y", false).kind, "wrong");
});
