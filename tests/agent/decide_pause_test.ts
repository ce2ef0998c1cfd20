import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { decidePause } from "@/agent/decide_pause.ts";
import type { PushOutcome } from "@/agent/push.ts";

function refused(status: number, retryAfterMs = 0): PushOutcome {
  return { kind: "refused", status, detail: "", retryAfterMs };
}

const AWAY: PushOutcome = { kind: "unreachable", reason: "" };

Deno.test("decidePause() fits the reason", async (t) => {
  const rows: [string, PushOutcome, number, number][] = [
    ["success", { kind: "accepted" }, 0, 0],
    ["away, first", AWAY, 1, 500],
    ["away, second", AWAY, 2, 1_000],
    ["away for long", AWAY, 1_000, 7_500],
    ["busy", refused(429), 1, 500],
    ["busy, with Retry-After", refused(429, 4_000), 1, 4_000],
    ["broken", refused(503), 2, 1_000],
    ["broken, with a Retry-After below the growing pause", refused(503, 10), 3, 2_000],
    ["told to come back next year", refused(503, 31_536_000_000), 1, 300_000],
    ["a wrong sample", refused(422), 1, 11_250],
    ["a wrong token", refused(401), 9, 11_250],
    ["moved", refused(308), 1, 11_250],
  ];
  for (const [name, outcome, failures, pauseMs] of rows) {
    await t.step(name, () => {
      assertEquals(decidePause(outcome, { failures, random: () => 0.5 }), pauseMs);
    });
  }
});

Deno.test("decidePause() takes at most 15 s unless asked for more", () => {
  const outcome = fc.oneof(
    fc.constant(AWAY),
    fc.integer({ min: 300, max: 599 }).map((s) => refused(s)),
  );
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(outcome, fc.integer({ min: 1, max: 10_000 }), random, (outcome, failures, r) => {
      const pauseMs = decidePause(outcome, { failures, random: () => r });
      assert(pauseMs >= 0 && pauseMs <= 15_000);
    }),
  );
});
