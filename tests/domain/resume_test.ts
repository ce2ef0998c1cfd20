import { assertEquals } from "@std/assert";

import { parentFacts } from "@/lib/domain/dependency.ts";
import { resumeService } from "@/lib/domain/resume.ts";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import { type ServiceState, startService, step } from "@/lib/domain/service.ts";

const SECOND = 1_000;

/** Heard at 1 s with these metrics, and then for `count` seconds. */
function heard(metrics: Readonly<Record<string, number>>, count = 1): ServiceState {
  let state = startService("checkout", DEFAULT_RULES, 0);
  for (let second = 1; second <= count; second++) {
    const sample = { service: "checkout", at: second * SECOND, metrics };
    state = step(state, { kind: "sample", sample }, second * SECOND).state;
  }
  return state;
}

Deno.test("resumeService() declares nothing healthy before it is heard of", () => {
  const before = heard({ cpu: 20 });
  const after = resumeService(before, { aliveAt: 2_000, now: 600_000 });
  assertEquals([before.status, after.state.status], ["HEALTHY", "UNKNOWN"]);
  assertEquals(after.transitions.map((each) => each.kind === "status" && [each.from, each.to]), [
    ["HEALTHY", "UNKNOWN"],
  ]);
});

Deno.test("resumeService() keeps since when a service is as it was before", () => {
  const { state } = resumeService(heard({ cpu: 20 }), { aliveAt: 2_000, now: 600_000 });
  const sample = { service: "checkout", at: 601_000, metrics: { cpu: 20 } };
  const again = step(state, { kind: "sample", sample }, 601_000).state;
  assertEquals([again.status, again.since], ["HEALTHY", 1_000]);
});

Deno.test("resumeService() gives a service its whole limit anew: a gap is no silence", () => {
  const { state, deadline } = resumeService(heard({ cpu: 20 }), { aliveAt: 2_000, now: 600_000 });
  assertEquals(deadline, 605_000);
  assertEquals(step(state, { kind: "deadline" }, 604_999).state.status, "UNKNOWN");
  const down = step(state, { kind: "deadline" }, 605_000).state;
  assertEquals([down.status, down.since], ["DOWN", 605_000]);
});

Deno.test("resumeService() keeps what fires, since when it did, until fresh good samples come", () => {
  const before = heard({ cpu: 99 }, 3);
  const { state, transitions } = resumeService(before, { aliveAt: 4_000, now: 600_000 });
  assertEquals([state.status, state.since, transitions], ["DEGRADED", 3_000, []]);
  assertEquals(state.alerts, before.alerts);
  const bad = { service: "checkout", at: 601_000, metrics: { cpu: 98 } };
  assertEquals(step(state, { kind: "sample", sample: bad }, 601_000).transitions, []);
});

Deno.test("resumeService() keeps a silent service DOWN, however long nobody looked", () => {
  const down = step(heard({ cpu: 20 }), { kind: "deadline" }, 9_000).state;
  const { state } = resumeService(down, { aliveAt: 9_000, now: 600_000 });
  const later = step(state, { kind: "deadline" }, 700_000);
  assertEquals([later.state.status, later.transitions], ["DOWN", []]);
  const sample = { service: "checkout", at: 700_001, metrics: {} };
  assertEquals(step(later.state, { kind: "sample", sample }, 700_001).state.status, "HEALTHY");
});

Deno.test("resumeService() lets no span reach across the gap", () => {
  const state = { ...heard({ cpu: 20 }), runs: { LONG: [{ at: 1_000, value: 99 }] } };
  assertEquals(resumeService(state, { aliveAt: 2_000, now: 600_000 }).state.runs, {});
});

Deno.test("resumeService() takes samples on a clock that was set back meanwhile", () => {
  const { state } = resumeService(heard({ cpu: 20 }, 90), { aliveAt: 90_000, now: 50_000 });
  const sample = { service: "checkout", at: 50_500, metrics: { cpu: 50 } };
  assertEquals(step(state, { kind: "sample", sample }, 50_500).state.newestAt, 50_500);
});

Deno.test("resumeService() leaves a parent unconfirmed until it is heard of or its limit passes", () => {
  const { state } = resumeService(heard({ cpu: 20 }), { aliveAt: 2_000, now: 600_000 });
  assertEquals(parentFacts(state, null).downAt, 605_000);
});
