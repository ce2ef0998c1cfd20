import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import type { AlertTransition } from "@/lib/domain/alert.ts";
import { judge } from "@/lib/domain/judgement.ts";
import { DEFAULT_RULES, type Rule } from "@/lib/domain/rule.ts";
import { nextDeadline } from "@/lib/domain/next_deadline.ts";
import { startService, step, type Transition } from "@/lib/domain/service.ts";

import { metric, run, sampleAt, silence, summarise, threshold, type Timed } from "./rules.ts";

/** One CPU sample a second, from second 1; `null` is a second without any sample, `"-"` a bare heartbeat. */
type Series = readonly (number | null | "-")[];

function eachSecond(series: Series): Timed[] {
  return series.flatMap((value, index) => {
    if (value === null) return [];
    return [sampleAt((index + 1) * 1_000, value === "-" ? {} : { cpu: value })];
  });
}

interface Row {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly series: Series;
  readonly until?: number;
  readonly wants: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: "a breach shorter than `for` is forgotten",
    rules: [threshold()],
    series: [90, 90, 20, 90, 90],
    wants: [
      "1 UNKNOWN>HEALTHY",
      "3 HIGH_CPU cancelled",
      "1 HIGH_CPU pending",
      "4 HIGH_CPU pending",
    ],
  },
  {
    name: "three breaches in a row fire, the first good sample resolves",
    rules: [threshold()],
    series: [90, 91, 93, 95, 20],
    wants: [
      "1 HIGH_CPU pending",
      "1 UNKNOWN>HEALTHY",
      "3 HIGH_CPU firing",
      "3 HEALTHY>DEGRADED",
      "5 HIGH_CPU resolved",
      "5 DEGRADED>HEALTHY",
    ],
  },
  {
    name: "the limit itself is good",
    rules: [threshold({ hold: { kind: "samples", breaches: 1, of: 1 } })],
    series: [85, 85.01],
    wants: ["1 UNKNOWN>HEALTHY", "2 HIGH_CPU firing", "2 HEALTHY>DEGRADED"],
  },
  {
    name: "between clear and limit a firing alert stays",
    rules: [threshold({ clear: 80 })],
    series: [90, 90, 90, 84, 81, 80],
    wants: [
      "1 HIGH_CPU pending",
      "1 UNKNOWN>HEALTHY",
      "3 HIGH_CPU firing",
      "3 HEALTHY>DEGRADED",
      "6 HIGH_CPU resolved",
      "6 DEGRADED>HEALTHY",
    ],
  },
  {
    name: "N of M counts breaches that are not in a row, and holds while enough remain",
    rules: [threshold({ hold: { kind: "samples", breaches: 3, of: 5 } })],
    series: [90, 20, 90, 20, 90, 20, 20],
    wants: [
      "1 HIGH_CPU pending",
      "1 UNKNOWN>HEALTHY",
      "5 HIGH_CPU firing",
      "5 HEALTHY>DEGRADED",
      "6 HIGH_CPU resolved",
      "6 DEGRADED>HEALTHY",
    ],
  },
  {
    name: "a mean needs its full number of samples",
    rules: [threshold({ mean: 3, hold: { kind: "samples", breaches: 1, of: 1 } })],
    series: [100, 100, 100],
    wants: ["1 UNKNOWN>HEALTHY", "3 HIGH_CPU firing", "3 HEALTHY>DEGRADED"],
  },
  {
    name: "a rule on values below a limit",
    rules: [
      threshold({
        direction: "below",
        limit: 10,
        clear: 20,
        hold: { kind: "samples", breaches: 1, of: 1 },
      }),
    ],
    series: [50, 9, 15, 20],
    wants: [
      "1 UNKNOWN>HEALTHY",
      "2 HIGH_CPU firing",
      "2 HEALTHY>DEGRADED",
      "4 HIGH_CPU resolved",
      "4 DEGRADED>HEALTHY",
    ],
  },
  {
    name: "silence is DOWN at the very limit, a heartbeat ends it",
    rules: [silence()],
    series: ["-", null, null, null, null, null, null, "-"],
    wants: [
      "1 UNKNOWN>HEALTHY",
      "6 SERVICE_DOWN firing",
      "6 HEALTHY>DOWN",
      "8 SERVICE_DOWN resolved",
      "8 DOWN>HEALTHY",
    ],
  },
  {
    name: "a service that never reported is UNKNOWN until the limit, then DOWN",
    rules: [silence()],
    series: [],
    until: 60_000,
    wants: ["5 SERVICE_DOWN firing", "5 UNKNOWN>DOWN"],
  },
  {
    name: "a missing heartbeat that is only a warning is DEGRADED",
    rules: [silence({ name: "LATE", severity: "warning", limitMs: 2_000 }), silence()],
    series: ["-"],
    until: 60_000,
    wants: [
      "1 UNKNOWN>HEALTHY",
      "3 LATE firing",
      "3 HEALTHY>DEGRADED",
      "6 SERVICE_DOWN firing",
      "6 DEGRADED>DOWN",
    ],
  },
  {
    name: "heartbeats without the metric neither feed nor resolve its alert",
    rules: [threshold(), silence()],
    series: [90, 90, 90, "-", "-", "-", "-", "-"],
    wants: ["1 HIGH_CPU pending", "1 UNKNOWN>HEALTHY", "3 HIGH_CPU firing", "3 HEALTHY>DEGRADED"],
  },
  {
    name: "an outage keeps the alert that fired before it",
    rules: [threshold(), silence()],
    series: [90, 90, 90, null, null, null, null, null, null, "-", 20],
    wants: [
      "1 HIGH_CPU pending",
      "1 UNKNOWN>HEALTHY",
      "3 HIGH_CPU firing",
      "3 HEALTHY>DEGRADED",
      "8 SERVICE_DOWN firing",
      "8 DEGRADED>DOWN",
      "10 SERVICE_DOWN resolved",
      "10 DOWN>DEGRADED",
      "11 HIGH_CPU resolved",
      "11 DEGRADED>HEALTHY",
    ],
  },
];

Deno.test("step() runs series through rules", async (t) => {
  for (const { name, rules, series, until, wants } of ROWS) {
    await t.step(name, () => {
      const { transitions } = run(eachSecond(series), rules, until);
      assertEquals(summarise(transitions).toSorted(), [...wants].toSorted());
    });
  }
});

Deno.test("step() lets a late sample move no series", () => {
  const rules = [threshold({ hold: { kind: "samples", breaches: 1, of: 1 } }), silence()];
  const { state } = run([sampleAt(10_000, { cpu: 20 })], rules);
  const late = { service: "checkout", at: 9_000, metrics: { cpu: 99 } };
  const after = step(state, { kind: "sample", sample: late }, 10_500);
  assertEquals([after.state.tails, after.state.newestAt], [state.tails, 10_000]);
  assertEquals(after.transitions, []);
});

Deno.test("step() ignores what repeats a sample of long ago, which says nothing about now", async (t) => {
  const rules = [threshold({ hold: { kind: "samples", breaches: 1, of: 1 } }), silence()];
  const { state } = run([sampleAt(10_000, { cpu: 20 })], rules, 20_000);
  assertEquals(state.status, "DOWN");
  for (const at of [9_000, 10_000]) {
    await t.step(`taken at ${at}`, () => {
      const sample = { service: "checkout", at, metrics: { cpu: 99 } };
      const after = step(state, { kind: "sample", sample }, 3_600_000);
      assertEquals([after.state, after.transitions], [state, []]);
    });
  }
});

Deno.test("step() keeps a service alive whose clock was put right", () => {
  const ahead = { service: "checkout", at: 51_000, metrics: {} };
  const first: Timed = { now: 1_000, event: { kind: "sample", sample: ahead } };
  const rest = Array.from({ length: 20 }, (_, second) => sampleAt(2_000 + second * 1_000));
  const { transitions } = run([first, ...rest], [silence()]);
  assertEquals(summarise(transitions), ["1 UNKNOWN>HEALTHY"]);
});

Deno.test("step() takes a set clock neither for silence nor for life", () => {
  const rules = [threshold(), silence()];
  const { state: alive } = run(eachSecond([20, 20, 90]), rules);
  for (const byMs of [-3_600_000, 3_600_000]) {
    const now = 4_000 + byMs;
    const moved = step(alive, { kind: "clock", byMs }, now);
    assertEquals([moved.transitions, moved.deadline], [[], 8_000 + byMs]);
    const due = step(moved.state, { kind: "deadline" }, 8_000 + byMs);
    assertEquals(due.state.status, "DOWN");
  }
  const { state: down } = run(eachSecond([20]), rules, 60_000);
  const back = step(down, { kind: "clock", byMs: -3_600_000 }, -3_540_000);
  assertEquals([back.state.status, back.transitions], ["DOWN", []]);
});

Deno.test("step() feeds rules after the clock was set back, with samples dated by that clock", () => {
  const { state } = run(eachSecond([90]), [threshold(), silence()]);
  let result = step(state, { kind: "clock", byMs: -3_600_000 }, -3_598_000);
  for (const now of [-3_598_000, -3_597_000]) {
    result = step(result.state, sampleAt(now, { cpu: 91 }).event, now);
  }
  assertEquals(result.state.status, "DEGRADED");
});

Deno.test("silence is never recovery: only a heartbeat ends SERVICE_DOWN, no deadline and no rule", () => {
  const { state } = run([sampleAt(1_000)], [silence()], 10_000);
  assertEquals(state.status, "DOWN");
  assertEquals(step(state, { kind: "deadline" }, 500).transitions, []);
  const longer = step(state, { kind: "rules", rules: [silence({ limitMs: 60_000 })] }, 11_000);
  assertEquals([longer.state.status, longer.transitions], ["DOWN", []]);
  const back = step(longer.state, sampleAt(12_000).event, 12_000);
  assertEquals(summarise(back.transitions), ["12 SERVICE_DOWN resolved", "12 DOWN>HEALTHY"]);
});

Deno.test("step() gives a rule that comes back an alert of its own", () => {
  const { state } = run([sampleAt(1_000)], [silence()], 10_000);
  const without = step(state, { kind: "rules", rules: [] }, 11_000);
  const again = step(without.state, { kind: "rules", rules: [silence()] }, 12_000);
  assert(state.alerts.SERVICE_DOWN?.id !== again.state.alerts.SERVICE_DOWN?.id);
});

Deno.test("step() returns the deadline instead of being polled", () => {
  const fresh = step(startService("checkout", [silence()], 0), { kind: "deadline" }, 0);
  assertEquals(fresh.deadline, 5_000);
  const heard = step(fresh.state, sampleAt(3_000).event, 3_000);
  assertEquals(heard.deadline, 8_000);
  const down = step(heard.state, { kind: "deadline" }, 8_000);
  assertEquals([down.state.status, down.deadline], ["DOWN", null]);
});

Deno.test("step() ends the alert of a rule that configuration took away, and says so", () => {
  const { state } = run(eachSecond([90, 90, 90]), [threshold()]);
  const { transitions } = step(state, { kind: "rules", rules: [] }, 4_000);
  assertEquals(summarise(transitions), ["4 HIGH_CPU resolved", "4 DEGRADED>HEALTHY"]);
  const [ended] = transitions;
  assert(ended?.kind === "alert");
  assertEquals(ended.message, "rule HIGH_CPU no longer applies: the configuration changed");
});

Deno.test("step() keeps the alert of a rule whose limit changed until a fresh sample", () => {
  const { state } = run(eachSecond([90, 90, 90]), [threshold()]);
  const raised = step(
    state,
    { kind: "rules", rules: [threshold({ limit: 95, clear: 95 })] },
    4_000,
  );
  assertEquals([raised.state.status, raised.transitions], ["DEGRADED", []]);
  const next = step(raised.state, sampleAt(5_000, { cpu: 90 }).event, 5_000);
  assertEquals(summarise(next.transitions), ["5 HIGH_CPU resolved", "5 DEGRADED>HEALTHY"]);
});

Deno.test("step() explains itself: the verdict follows again from the stored evidence alone", () => {
  fc.assert(fc.property(timelines(), (events) => {
    for (const each of alertsOf(run(events, RULES, 400_000).transitions)) {
      const again = judge(each.rule, each.evidence, { now: each.at, seenAt: each.seenAt });
      assertEquals([again?.value, again?.limit], [each.value, each.limit]);
      if (each.change === "firing") assert(again?.breached && again.enough);
      if (each.change === "resolved") assert(again?.cleared);
    }
  }));
});

const RULES: readonly Rule[] = [
  ...DEFAULT_RULES,
  threshold({
    name: "HOT",
    limit: 70,
    clear: 60,
    mean: 2,
    hold: { kind: "samples", breaches: 3, of: 5 },
  }),
  threshold({ name: "IDLE", metric: metric("memory"), direction: "below", limit: 30, clear: 40 }),
];

/** Samples of random values with gaps from nothing to twelve seconds. */
function timelines(): fc.Arbitrary<Timed[]> {
  const percent = fc.integer({ min: 0, max: 100 });
  const sample = fc.record({
    gapMs: fc.constantFrom(200, 1_000, 1_000, 1_000, 4_999, 5_000, 12_000),
    metrics: fc.record({
      cpu: percent,
      memory: percent,
      latency: fc.integer({ min: 0, max: 1_000 }),
      errorRate: fc.integer({ min: 0, max: 10 }),
    }, { requiredKeys: [] }),
  });
  return fc.array(sample, { maxLength: 40 }).map((samples) => {
    let now = 0;
    return samples.map(({ gapMs, metrics }) => sampleAt(now += gapMs, metrics));
  });
}

function alertsOf(transitions: readonly Transition[]): AlertTransition[] {
  return transitions.filter((each) => each.kind === "alert");
}

Deno.test("replaying a sample list twice gives identical transitions, byte for byte", () => {
  fc.assert(fc.property(timelines(), (events) => {
    const once = JSON.stringify(run(events, RULES, 400_000));
    assertEquals(JSON.stringify(run(events, RULES, 400_000)), once);
  }));
});

Deno.test("no alert fires before `for`: enough of the newest evaluations breached", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 80, max: 90 }), { maxLength: 60 }), (values) => {
    const rule = threshold();
    const { transitions } = run(eachSecond(values), [rule]);
    for (const { change, at } of alertsOf(transitions)) {
      if (change !== "firing") continue;
      const newest = values.slice(0, at / 1_000).slice(-3);
      assert(newest.length === 3 && newest.every((value) => value > rule.limit));
    }
  }));
});

Deno.test("silence is never recovery: nothing resolves without a fresh good sample", () => {
  fc.assert(fc.property(timelines(), (events) => {
    const seen = new Map<number, Timed>(events.map((each) => [each.now, each]));
    for (const each of alertsOf(run(events, RULES, 1_000_000).transitions)) {
      if (each.change !== "resolved") continue;
      const cause = seen.get(each.at)?.event;
      assert(cause?.kind === "sample", "resolved without a sample");
      if (each.rule.kind === "threshold") {
        const { metric: { id }, direction, clear } = each.rule;
        assert(id in cause.sample.metrics, "resolved without news of its series");
        assert(direction === "above" ? each.value <= clear : each.value >= clear);
      }
    }
  }));
});

Deno.test("silence is never recovery: while every rule fires, the service is killed: zero resolves", () => {
  const bad = { cpu: 99, memory: 99, latency: 900, errorRate: 50 };
  const events = Array.from({ length: 10 }, (_, second) => sampleAt((second + 1) * 1_000, bad));
  const { state, transitions } = run(events, DEFAULT_RULES, 86_400_000);
  assertEquals(Object.keys(state.alerts).length, DEFAULT_RULES.length);
  assert(Object.values(state.alerts).every((alert) => alert.kind === "firing"));
  assertEquals(state.status, "DOWN");
  assertEquals(alertsOf(transitions).filter((each) => each.change === "resolved"), []);
});

Deno.test("ids of alerts are never used twice", () => {
  fc.assert(fc.property(timelines(), (events) => {
    const ended = new Set<string>();
    for (const { id, change } of alertsOf(run(events, RULES, 400_000).transitions)) {
      assert(!ended.has(id), id);
      if (change === "resolved" || change === "cancelled") ended.add(id);
    }
  }));
});

Deno.test("nextDeadline() is null while every silence rule fires or there is none", () => {
  assertEquals(nextDeadline(startService("checkout", [threshold()], 0)), null);
});
