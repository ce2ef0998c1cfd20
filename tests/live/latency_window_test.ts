import { assertAlmostEquals, assertEquals } from "@std/assert";

import { LatencyWindow } from "@/lib/live/latency_window.ts";

Deno.test("read() is null before the first", () => {
  assertEquals(new LatencyWindow(0).read(0), null);
});

Deno.test("read() tells median and 99th percentile of what was recorded", () => {
  const window = new LatencyWindow(0);
  window.record(Array.from({ length: 100 }, (_, index) => 100 - index), 100);
  const latency = window.read(100);
  assertAlmostEquals(latency?.p50 ?? NaN, 49, 1);
  assertAlmostEquals(latency?.p99 ?? NaN, 98, 2);
});

Deno.test("read() forgets after a minute at the latest, and not before half of one", () => {
  for (const [atMs, isKept] of [[29_999, true], [59_999, true], [60_000, false]] as const) {
    const window = new LatencyWindow(0);
    window.record([0], 1);
    assertEquals(window.read(atMs) !== null, isKept, `at ${atMs}`);
  }
  const late = new LatencyWindow(0);
  late.record([0], 29_999);
  assertEquals(late.read(59_999) !== null, true);
  assertEquals(late.read(3_600_000), null);
});

Deno.test("read() forgets no sooner for being asked often", () => {
  const window = new LatencyWindow(0);
  window.record([0], 1);
  for (let atMs = 1_000; atMs < 60_000; atMs += 1_000) {
    assertEquals(window.read(atMs) !== null, true, `at ${atMs}`);
  }
});
