import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { limitAt } from "@/lib/domain/alert.ts";
import { judge } from "@/lib/domain/judgement.ts";
import type { Rule } from "@/lib/domain/rule.ts";
import { startService, step, type Transition } from "@/lib/domain/service.ts";

import { metric, run, sampleAt, silence, summarise, threshold, type Timed } from "./rules.ts";

const FOR_3_S = threshold({ hold: { kind: "duration", durationMs: 3_000 } });
const ONCE = { kind: "samples", breaches: 1, of: 1 } as const;
const TWO_LEVELS = threshold({ hold: ONCE, clear: 80, critical: 95 });

/** Values of CPU, a second apart from second 1; `null` is a second without a sample. */
type Series = readonly (number | null)[];

function eachSecond(series: Series): Timed[] {
  return series.flatMap((cpu, index) =>
    cpu === null ? [] : [sampleAt((index + 1) * 1_000, { cpu })]
  );
}

interface Row {
  readonly name: string;
  readonly rule: Rule;
  readonly series: Series;
  /** Seconds until which time goes on. */
  readonly until?: number;
  /** What happens to the alert. */
  readonly wants: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: "`for` a duration: at the very instant at which the breach has lasted that long",
    rule: FOR_3_S,
    series: [90, 90, 90, 90],
    wants: ["1 pending", "4 firing"],
  },
  {
    name: "`for` a duration: a spike that is shorter is forgotten",
    rule: FOR_3_S,
    series: [90, 90, 90, 20, 90],
    wants: ["1 pending", "4 cancelled", "5 pending"],
  },
  {
    name: "`for` a duration: time alone completes it once the next sample is overdue",
    rule: FOR_3_S,
    series: [90, null, 90],
    until: 9,
    wants: ["1 pending", "6 firing"],
  },
  {
    name: "`for` a duration: one sample alone proves nothing, however long ago",
    rule: FOR_3_S,
    series: [90],
    until: 60,
    wants: ["1 pending"],
  },
  {
    name: "`for` a duration looks at means where the rule does",
    rule: threshold({ mean: 2, hold: { kind: "duration", durationMs: 2_000 } }),
    series: [100, 60, 100, 60, 100, 90, 90, 90],
    wants: ["6 pending", "8 firing"],
  },
  {
    name: "keepFiringFor: it resolves once it has been good for that long, at a fresh sample",
    rule: threshold({ hold: ONCE, keepFiringForMs: 2_000 }),
    series: [90, 20, 20, 20, 20],
    wants: ["1 firing", "4 resolved"],
  },
  {
    name: "keepFiringFor: a breach in between begins it anew, as one alert",
    rule: threshold({ hold: ONCE, keepFiringForMs: 2_000 }),
    series: [90, 20, 90, 20, 20, 20],
    wants: ["1 firing", "6 resolved"],
  },
  {
    name: "keepFiringFor: silence is never recovery",
    rule: threshold({ hold: ONCE, keepFiringForMs: 2_000 }),
    series: [90, 20],
    until: 3_600,
    wants: ["1 firing"],
  },
  {
    name: "two limits: one alert that escalates, eases and resolves",
    rule: TWO_LEVELS,
    series: [90, 96, 92, 90, 84, 80],
    wants: ["1 firing warning", "2 escalated critical", "4 eased warning", "6 resolved warning"],
  },
  {
    name: "two limits: beyond both at once is one critical alert",
    rule: TWO_LEVELS,
    series: [99, 20],
    wants: ["1 firing critical", "2 resolved critical"],
  },
  {
    name: "two limits: the critical one must be held as long as the other",
    rule: threshold({ critical: 95 }),
    series: [90, 96, 96, 96],
    wants: ["1 pending warning", "3 firing warning", "4 escalated critical"],
  },
  {
    name: "two limits for a duration: each must last",
    rule: threshold({ critical: 95, hold: { kind: "duration", durationMs: 2_000 } }),
    series: [90, 96, 96, null, null],
    until: 9,
    wants: ["1 pending warning", "3 firing warning", "4.5 escalated critical"],
  },
  {
    name: "two limits below which values are bad",
    rule: threshold({ direction: "below", limit: 20, clear: 25, critical: 10, hold: ONCE }),
    series: [15, 5, 14, 15, 24, 25],
    wants: ["1 firing warning", "2 escalated critical", "4 eased warning", "6 resolved warning"],
  },
  {
    name: "two limits of silence: late is a warning, missing is critical",
    rule: silence({ severity: "warning", limitMs: 2_000, criticalMs: 5_000 }),
    series: [20, null, null, null, null, null, null, 20],
    wants: ["3 firing warning", "6 escalated critical", "8 resolved critical"],
  },
  {
    name: "keepFiringFor after silence: heartbeats must go on",
    rule: silence({ limitMs: 2_000, keepFiringForMs: 3_000 }),
    series: [20, null, null, 20, 20, null, null, 20, 20, 20, 20],
    wants: ["3 firing", "11 resolved"],
  },
];

Deno.test("step() moves alerts by duration, by level and by keepFiringFor", async (t) => {
  for (const { name, rule, series, until, wants } of ROWS) {
    await t.step(name, () => {
      const { transitions } = run(eachSecond(series), [rule], until && until * 1_000);
      const withLevel = wants.some((want) => want.split(" ").length > 2);
      const changes = transitions.flatMap((each) => {
        if (each.kind !== "alert") return [];
        return `${each.at / 1_000} ${each.change}${withLevel ? ` ${each.severity}` : ""}`;
      });
      assertEquals(changes, wants);
    });
  }
});

Deno.test("step() makes a service DOWN once its silence is critical, DEGRADED before", () => {
  const rule = silence({ severity: "warning", limitMs: 2_000, criticalMs: 5_000 });
  const { transitions } = run([sampleAt(1_000)], [rule], 60_000);
  assertEquals(summarise(transitions).filter((line) => line.includes(">")), [
    "1 UNKNOWN>HEALTHY",
    "3 HEALTHY>DEGRADED",
    "6 DEGRADED>DOWN",
  ]);
});

Deno.test("step() gives reasons that name the limit of the level", () => {
  const { transitions } = run(eachSecond([90, 96, 90, 80]), [TWO_LEVELS]);
  assertEquals(messages(transitions), [
    "CPU 90.0 % above 85 %",
    "CPU 96.0 % above 95 %",
    "CPU 90.0 %, not above 90 %",
    "CPU 80.0 %, not above 80 %",
  ]);
  const { transitions: held } = run(eachSecond([90, 91, 92, 93.1]), [FOR_3_S]);
  assertEquals(messages(held), ["CPU 90.0 % above 85 %", "CPU 93.1 % above 85 % for 3 s"]);
});

Deno.test("step() lets a person acknowledge an alert, and take that back", () => {
  const { state } = run(eachSecond([90, 90, 90]), [threshold()]);
  const alert = state.alerts.HIGH_CPU?.id ?? "";
  const act = { kind: "acknowledge", alert, by: "Anna", note: "on it" } as const;
  const done = step(state, act, 4_000);
  assertEquals(done.state.alerts.HIGH_CPU?.acknowledgement, {
    by: "Anna",
    at: 4_000,
    note: "on it",
    severity: "warning",
  });
  assertEquals(messages(done.transitions), ["acknowledged by Anna: on it"]);
  const hot = step(done.state, sampleAt(5_000, { cpu: 99 }).event, 5_000);
  assertEquals(hot.state.alerts.HIGH_CPU?.acknowledgement?.by, "Anna");
  const back = step(hot.state, { kind: "unacknowledge", alert }, 6_000);
  assertEquals(back.state.alerts.HIGH_CPU?.acknowledgement, null);
  assertEquals(messages(back.transitions), ["acknowledgement by Anna taken back"]);
  assertEquals(step(back.state, { kind: "unacknowledge", alert }, 7_000).transitions, []);
});

Deno.test("an acknowledgement ends with recovery: the next alert has none", () => {
  const { state } = run(eachSecond([90, 90, 90]), [threshold()]);
  const alert = state.alerts.HIGH_CPU?.id ?? "";
  let result = step(state, { kind: "acknowledge", alert, by: "Anna", note: "" }, 4_000);
  for (const [index, cpu] of [20, 90, 90, 90].entries()) {
    const at = 5_000 + index * 1_000;
    result = step(result.state, sampleAt(at, { cpu }).event, at);
  }
  assertEquals(result.state.alerts.HIGH_CPU?.kind, "firing");
  assertEquals(result.state.alerts.HIGH_CPU?.acknowledgement, null);
});

Deno.test("step() ignores an act about an alert that has ended", () => {
  const state = startService("checkout", [threshold()], 0);
  const act = { kind: "acknowledge", alert: "HIGH_CPU:checkout:1", by: "A", note: "" } as const;
  const { state: after, transitions } = step(state, act, 1_000);
  assertEquals([after, transitions], [state, []]);
});

Deno.test("step() notices flapping once, and its end after half a window without a change", () => {
  const flapPolicy = { changes: 5, windowMs: 60_000 };
  const rule = threshold({ hold: ONCE });
  const state = { ...startService("checkout", [rule], 0), flapPolicy };
  const transitions: Transition[] = [];
  let result = step(state, { kind: "deadline" }, 0);
  for (const [index, cpu] of [90, 20, 90, 20, 90, 20, 90].entries()) {
    const at = (index + 1) * 2_000;
    result = step(result.state, sampleAt(at, { cpu }).event, at);
    transitions.push(...result.transitions);
  }
  const flaps = transitions.filter((each) => each.kind === "flapping");
  assertEquals(summarise(flaps), ["10 HIGH_CPU flapping"]);
  assertEquals(flaps[0]?.changes, [2_000, 4_000, 6_000, 8_000, 10_000]);
  assertEquals(result.deadline, 44_000);
  assertEquals(step(result.state, { kind: "deadline" }, 43_999).transitions, []);
  const calm = step(result.state, { kind: "deadline" }, 44_000);
  assertEquals(summarise(calm.transitions), ["44 HIGH_CPU calm"]);
  assertEquals([calm.state.flaps, calm.deadline], [{}, null]);
});

Deno.test("step() does not count changes that are far apart as flapping", () => {
  const events = [90, 20, 90, 20, 90, 20, 90].map((cpu, index) =>
    sampleAt((index + 1) * 300_000, { cpu })
  );
  const { transitions } = run(events, [threshold({ hold: ONCE })]);
  assertEquals(transitions.filter((each) => each.kind === "flapping"), []);
});

const RULES: readonly Rule[] = [
  FOR_3_S,
  threshold({
    ...{ name: "HOT", limit: 70, clear: 60, critical: 90, mean: 2, keepFiringForMs: 3_000 },
    hold: { kind: "samples", breaches: 3, of: 5 },
  }),
  threshold({
    ...{ name: "IDLE", metric: metric("memory"), direction: "below", limit: 30, clear: 40 },
    ...{ critical: 10, hold: { kind: "duration", durationMs: 5_000 }, keepFiringForMs: 2_000 },
  }),
  silence({ severity: "warning", limitMs: 2_000, criticalMs: 6_000, keepFiringForMs: 1_500 }),
];

/** Samples of random values, in time, with gaps from nothing to twelve seconds. */
function timelines(): fc.Arbitrary<Timed[]> {
  const percent = fc.integer({ min: 0, max: 100 });
  const sample = fc.record({
    gapMs: fc.constantFrom(0, 200, 1_000, 1_000, 1_000, 2_500, 5_000, 12_000),
    metrics: fc.record({ cpu: percent, memory: percent }, { requiredKeys: [] }),
  });
  return fc.array(sample, { maxLength: 80 }).map((samples) => {
    let now = 0;
    return samples.map(({ gapMs, metrics }) => sampleAt(now += gapMs, metrics));
  });
}

Deno.test("every alert explains itself: stored evidence alone gives number, limit and verdict again", () => {
  fc.assert(fc.property(timelines(), (events) => {
    for (const each of run(events, RULES, 400_000).transitions) {
      if (each.kind !== "alert") continue;
      const { rule, evidence, at, seenAt, severity, change } = each;
      const again = judge(rule, evidence, { now: at, seenAt });
      assert(again !== undefined);
      assertEquals([again.value, limitAt(again, severity)], [each.value, each.limit]);
      if (change === "pending") assert(again.breached && !again.enough);
      if (change === "firing") assert(again.breached && again.enough);
      if (change === "firing" && severity === "critical" && rule.severity !== "critical") {
        assert(again.critical?.enough);
      }
      if (change === "escalated") assert(again.critical?.enough && severity === "critical");
      if (change === "eased") assert(again.critical?.cleared && !again.critical.enough);
      if (change === "cancelled") assertEquals(again.held, 0);
      if (change === "resolved") {
        assert(again.cleared && !again.enough);
        assert(each.calmSince !== null && at - each.calmSince >= rule.keepFiringForMs);
      }
    }
  }));
});

Deno.test("silence is never recovery: with every kind of rule firing, a killed service resolves none", () => {
  const bad = Array.from(
    { length: 20 },
    (_, second) => sampleAt((second + 1) * 1_000, { cpu: 99, memory: 5 }),
  );
  const { state, transitions } = run(bad, RULES, 86_400_000);
  assertEquals(Object.values(state.alerts).map(({ kind }) => kind), Array(4).fill("firing"));
  assert(transitions.every((each) => each.kind !== "alert" || each.change !== "resolved"));
  assertEquals(state.status, "DOWN");
});

Deno.test("silence is never recovery: whatever came before, a killed service ends and eases nothing", () => {
  // In the end everything is bad, mostly for long enough.
  const hot = fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: 1, max: 20 }));
  fc.assert(
    fc.property(timelines(), hot, (events, seconds) => {
      const lastAt = events.at(-1)?.now ?? 0;
      const bad = Array.from(
        { length: seconds },
        (_, index) => sampleAt(lastAt + (index + 1) * 1_000, { cpu: 99, memory: 5 }),
      );
      const killedAt = lastAt + seconds * 1_000;
      const alive = run([...events, ...bad], RULES, killedAt);
      const dead = run([...events, ...bad], RULES, killedAt + 86_400_000);
      const after = dead.transitions.flatMap((each) =>
        each.kind === "alert" && each.at > killedAt ? [each.change] : []
      );
      assert(after.every((change) => change === "firing" || change === "escalated"), after.join());
      for (const alert of Object.values(alive.state.alerts)) {
        const same = dead.state.alerts[alert.rule.name];
        assertEquals(same?.id, alert.id);
        if (alert.kind === "firing") assertEquals(same?.kind, "firing");
      }
      assertEquals(dead.state.status, "DOWN");
    }),
    { numRuns: 500 },
  );
});

Deno.test("one engine: the same events give the same transitions, byte for byte, with every kind of rule", () => {
  fc.assert(fc.property(timelines(), (events) => {
    const once = JSON.stringify(run(events, RULES, 400_000));
    assertEquals(JSON.stringify(run(events, RULES, 400_000)), once);
  }));
});

Deno.test("an alert has one life: pending, firing, levels that alternate, one end", () => {
  const next: Readonly<Record<string, readonly string[]>> = {
    pending: ["firing", "cancelled"],
    firing: ["escalated", "eased", "resolved"],
    escalated: ["eased", "resolved"],
    eased: ["escalated", "resolved"],
    resolved: [],
    cancelled: [],
  };
  fc.assert(fc.property(timelines(), (events) => {
    const last = new Map<string, string>();
    for (const each of run(events, RULES, 400_000).transitions) {
      if (each.kind !== "alert") continue;
      const before = last.get(each.id);
      const allowed = before === undefined ? ["pending", "firing"] : next[before] ?? [];
      assert(allowed.includes(each.change), `${each.id}: ${before} > ${each.change}`);
      last.set(each.id, each.change);
    }
  }));
});

function messages(transitions: readonly Transition[]): string[] {
  return transitions.flatMap((each) => each.kind === "alert" ? [each.message] : []);
}
