import { assertEquals } from "@std/assert";

import { assessHealth, type MonitorFacts } from "@/lib/health/assess.ts";
import { EventLoopDelay } from "@/lib/health/event_loop_delay.ts";
import type { ReceiverView } from "@/lib/protocol/views.ts";

import { FakeClock } from "../support/fake_clock.ts";

const FINE: MonitorFacts = {
  version: "1.2.3",
  uptimeMs: 1_000.4,
  running: true,
  samplesPerSecond: 4,
  workers: new Map([["auth", { state: "running", restarts: 1, reason: "crashed" }]]),
  loopDelayMs: 3,
  receivers: [],
  configProblem: null,
  history: { problem: null, waitingSamples: 3, lostSamples: 0 },
  statusCounts: { HEALTHY: 1, DEGRADED: 0, DOWN: 2, UNKNOWN: 0 },
};

const FAILING: ReceiverView = {
  ...{ name: "ops", kind: "webhook", state: "failing", queued: 2, failure: "HTTP 503" },
  deliveredAt: null,
};

Deno.test("assessHealth() passes when only the watched services are ill", () => {
  const health = assessHealth(FINE);
  assertEquals([health.status, health.version, health.uptimeMs], ["pass", "1.2.3", 1_000]);
  assertEquals(health.services, { healthy: 1, degraded: 0, down: 2, unknown: 0 });
  assertEquals(Object.keys(health.checks), [
    ...["collector", "workers", "eventLoop", "receivers", "history", "config"],
  ]);
});

Deno.test("assessHealth() takes the worst check and says why", async (t) => {
  const away = new Map([[
    "auth",
    { state: "restarting", restarts: 1, reason: "crashed" } as const,
  ]]);
  const rows = [
    ["collector", { running: false }, "fail", "the collector is stopped"],
    ["workers", { workers: away }, "warn", "restarting auth: crashed"],
    ["eventLoop", { loopDelayMs: 250 }, "warn", "the event loop was late, limit 250 ms"],
    ["receivers", { receivers: [FAILING] }, "warn", "not delivered by ops: HTTP 503"],
    ["config", { configProblem: "not in force" }, "warn", "not in force"],
    [
      "history",
      { history: { problem: "the disk is full", waitingSamples: 9, lostSamples: 2 } },
      "warn",
      "Vitals goes on from memory, nothing is kept for now: the disk is full; 2 samples were lost",
    ],
  ] as const;
  for (const [check, change, status, output] of rows) {
    await t.step(check, () => {
      const health = assessHealth({ ...FINE, ...change });
      assertEquals(health.status, status);
      assertEquals([health.checks[check]?.status, health.checks[check]?.output], [status, output]);
    });
  }
});

Deno.test("assessHealth() fails for a stopped collector alone: no probe ends what still watches", () => {
  const ill = {
    ...FINE,
    ...{ receivers: [FAILING], configProblem: "not in force", loopDelayMs: 9_000 },
    history: { problem: "the disk is full", waitingSamples: 9, lostSamples: 2 },
    workers: new Map([["a", { state: "restarting", restarts: 1, reason: "crashed" } as const]]),
    statusCounts: { HEALTHY: 0, DEGRADED: 0, DOWN: 9, UNKNOWN: 0 },
  };
  assertEquals(assessHealth(ill).status, "warn");
  assertEquals(assessHealth({ ...ill, running: false }).status, "fail");
});

Deno.test("EventLoopDelay remembers the worst delay of the last ten seconds", async () => {
  const clock = new FakeClock();
  const delay = new EventLoopDelay(clock);
  delay.start();
  delay.start();
  assertEquals(clock.pending, 1);
  await clock.advance(1_000);
  assertEquals(delay.worstMs, 0);
  clock.stall(800);
  await clock.advance(500);
  assertEquals(delay.worstMs, 300);
  await clock.advance(11_000);
  assertEquals(delay.worstMs, 0);
  delay.stop();
  assertEquals(clock.pending, 0);
});
