import { assertEquals } from "@std/assert";

import {
  describeEvent,
  formatMoment,
  formatTranscript,
  nextMoment,
  type ScenarioEvent,
  type ScenarioFault,
} from "@/lib/domain/scenario.ts";

function fault(atMs: number, durationMs: number): ScenarioFault {
  return { atMs, service: "auth-service", kind: "outage", intensity: 1, durationMs };
}

Deno.test("formatMoment() rounds to tenths of a second and leaves out what is nought", () => {
  assertEquals([0, 940, 59_960, 60_000, 600_040, 95_500].map(formatMoment), [
    ...["0 s", "0.9 s", "1 min", "1 min", "10 min", "1 min 35.5 s"],
  ]);
});

Deno.test("nextMoment() tells beginnings and ends, the earliest that has not passed", () => {
  const timeline = [fault(10_000, 30_000), fault(20_000, 5_000)];
  const next = (elapsedMs: number) => nextMoment({ timeline }, elapsedMs);
  assertEquals(next(0), { atMs: 10_000, what: "Outage on auth-service" });
  assertEquals(next(10_000)?.atMs, 20_000);
  assertEquals(next(20_000), { atMs: 25_000, what: "end of outage on auth-service" });
  assertEquals(next(25_000)?.atMs, 40_000);
  assertEquals(next(40_000), null);
});

Deno.test("describeEvent() has words for every kind", () => {
  const subject = { atMs: 0, service: "auth-service" };
  const events: ScenarioEvent[] = [
    { kind: "fault", ...subject, fault: "cpu-spike" },
    { kind: "alert", ...subject, rule: "HIGH_CPU", change: "firing" },
    { kind: "alert", ...subject, rule: "HIGH_CPU", change: "cancelled" },
    { kind: "status", ...subject, status: "DOWN" },
    { kind: "notification", ...subject, reason: "first" },
  ];
  assertEquals(events.map(describeEvent), [
    "CPU spike on auth-service",
    "HIGH_CPU on auth-service fires",
    "HIGH_CPU on auth-service is no longer pending",
    "auth-service is DOWN",
    "notification about auth-service: first",
  ]);
});

Deno.test("formatTranscript() writes a line an event", () => {
  const event: ScenarioEvent = { kind: "status", atMs: 5, service: "a", status: "DOWN" };
  assertEquals(
    formatTranscript([event, event]),
    '{"kind":"status","atMs":5,"service":"a","status":"DOWN"}\n'.repeat(2),
  );
});
