import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  decideRestart,
  describeTrouble,
  HEALTHY_MS,
  judgeSilence,
  MAX_PAUSE_MS,
} from "@/simulators/restart.ts";

Deno.test("decideRestart() doubles the pause with each failure, up to the longest", () => {
  const pauses: number[] = [];
  let failures = 0;
  for (let index = 0; index < 9; index++) {
    const restart = decideRestart({ failures, healthyMs: 3_000 }, 0);
    failures = restart.failures;
    pauses.push(restart.pauseMs);
  }
  assertEquals(pauses, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

Deno.test("decideRestart() begins anew after a healthy minute", () => {
  assertEquals(decideRestart({ failures: 6, healthyMs: HEALTHY_MS }, 0), {
    failures: 1,
    pauseMs: 500,
  });
  assertEquals(decideRestart({ failures: 6, healthyMs: HEALTHY_MS - 1 }, 0).failures, 7);
});

Deno.test("decideRestart() pauses longer than before whatever the jitter, and never too long", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(fc.property(fc.nat(5), random, random, (failures, one, other) => {
    const before = decideRestart({ failures, healthyMs: 0 }, one);
    const after = decideRestart({ failures: before.failures, healthyMs: 0 }, other);
    assert(after.pauseMs > before.pauseMs || before.pauseMs > MAX_PAUSE_MS / 2);
    assert(after.pauseMs <= MAX_PAUSE_MS);
  }));
});

Deno.test("decideRestart() does not overflow after years of failures", () => {
  assertEquals(decideRestart({ failures: 5_000, healthyMs: 0 }, 0).pauseMs, MAX_PAUSE_MS);
});

const SILENCES = [
  { name: "heard a moment ago", now: 10_000, dueAt: 10_000, heardAt: 9_000, expected: "alive" },
  { name: "one millisecond left", now: 10_000, dueAt: 10_000, heardAt: 5_001, expected: "alive" },
  { name: "at the limit", now: 10_000, dueAt: 10_000, heardAt: 5_000, expected: "hung" },
  { name: "a slightly late timer", now: 10_200, dueAt: 10_000, heardAt: 5_000, expected: "hung" },
  { name: "asleep meanwhile", now: 90_000, dueAt: 10_000, heardAt: 5_000, expected: "overslept" },
] as const;

Deno.test("judgeSilence() tells a hung worker from a process that slept", async (t) => {
  for (const { name, expected, ...times } of SILENCES) {
    await t.step(name, () => assertEquals(judgeSilence({ ...times, limitMs: 5_000 }), expected));
  }
});

Deno.test("describeTrouble() says each trouble in words", () => {
  assertEquals(describeTrouble({ kind: "crashed", message: "boom" }), "crashed: boom");
  assertEquals(describeTrouble({ kind: "silent", forMs: 5_000 }), "silent for 5 s");
  assertEquals(describeTrouble({ kind: "silent", forMs: 5_249 }), "silent for 5.2 s");
  assertEquals(
    describeTrouble({ kind: "invalid", count: 5, problem: "at: Invalid input" }),
    "5 invalid messages in a row: at: Invalid input",
  );
  assertEquals(
    describeTrouble({ kind: "notStarted", message: "no threads left" }),
    "could not be started: no threads left",
  );
});
