import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { RateWindow } from "@/lib/notify/rate_window.ts";

Deno.test("RateWindow is free until so many have begun, then when the first of them is a span ago", () => {
  const window = new RateWindow({ count: 2, spanMs: 100 });
  const free = [window.freeAtMs];
  for (const at of [5, 30, 105]) {
    window.note(at);
    free.push(window.freeAtMs);
  }
  assertEquals(free, [-Infinity, -Infinity, 105, 130]);
});

Deno.test("RateWindow lets no span hold more than its count, and holds up nothing without need", () => {
  const count = fc.integer({ min: 1, max: 4 });
  fc.assert(fc.property(count, fc.array(fc.nat({ max: 60 })), (count, gaps) => {
    const window = new RateWindow({ count, spanMs: 100 });
    const begun: number[] = [];
    let nowMs = 0;
    for (const gap of gaps) {
      const askedMs = nowMs + gap;
      nowMs = Math.max(askedMs, window.freeAtMs);
      const recent = begun.filter((at) => at > nowMs - 100);
      assert(recent.length < count);
      if (nowMs > askedMs) assertEquals(begun.filter((at) => at >= nowMs - 100).length, count);
      window.note(nowMs);
      begun.push(nowMs);
    }
  }));
});
