import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { type AlertTransition, limitAt } from "@/lib/domain/alert.ts";
import { judge } from "@/lib/domain/judgement.ts";
import type { Rule, Severity } from "@/lib/domain/rule.ts";
import { type ServiceState, startService, step, type Transition } from "@/lib/domain/service.ts";

import { run, sampleAt, silence, summarise, threshold, type Timed } from "./rules.ts";

const FOR_60_S = threshold({ hold: { kind: "duration", durationMs: 60_000 } });

/** What the alerts do under one rule at first, whatever comes. */
function story(rule: Rule, events: readonly Timed[]): readonly string[] {
  return play(rule, events).seen;
}

function play(rule: Rule, events: readonly Timed[]) {
  const { state, transitions } = playAll([rule], events);
  const alerts = summarise(transitions.filter(({ kind }) => kind === "alert"));
  return { state, seen: alerts.map((line) => line.replace(/ [A-Z_]+ /, " ")) };
}

interface Played {
  readonly state: ServiceState;
  readonly transitions: readonly Transition[];
}

function playAll(first: readonly Rule[], events: readonly Timed[]): Played {
  let state = startService("checkout", first, 0);
  const transitions: Transition[] = [];
  for (const { event, now } of events) {
    const result = step(state, event, now);
    state = result.state;
    transitions.push(...result.transitions);
  }
  return { state, transitions };
}

function rules(now: number, ...replaced: readonly Rule[]): Timed {
  return { now, event: { kind: "rules", rules: replaced } };
}

function tick(now: number): Timed {
  return { now, event: { kind: "deadline" } };
}

Deno.test("step() lets no second event of the same millisecond cancel what is pending", () => {
  assertEquals(story(FOR_60_S, [sampleAt(1_000, { cpu: 99 }), tick(1_000)]), ["1 pending"]);
  assertEquals(
    story(FOR_60_S, [sampleAt(1_000, { cpu: 99 }), sampleAt(1_000, { cpu: 98 })]),
    ["1 pending"],
  );
});

Deno.test("a set clock completes no breach that asks for a duration", () => {
  for (const byMs of [3_600_000, -3_600_000]) {
    const hot = [1, 2, 3].map((second) => sampleAt(second * 1_000, { cpu: 99 }));
    const set = { now: 3_000 + byMs, event: { kind: "clock", byMs } } as const;
    // The sender's clock may be set as well, or not.
    for (const offset of [byMs, 0]) {
      const later = [4, 5, 6].map((second) => {
        const { event } = sampleAt(second * 1_000 + offset, { cpu: 99 });
        return { event, now: second * 1_000 + byMs };
      });
      assertEquals(story(FOR_60_S, [...hot, set, ...later]), ["1 pending"], `${byMs} ${offset}`);
    }
  }
});

Deno.test("a breach before the rule asked for a duration counts for nothing", () => {
  const other = threshold({ hold: { kind: "samples", breaches: 3, of: 3 } });
  const events = [
    sampleAt(1_000, { cpu: 99 }),
    rules(2_000, other),
    sampleAt(3_000, { cpu: 20 }),
    rules(62_000, FOR_60_S),
    sampleAt(63_000, { cpu: 99 }),
  ];
  assertEquals(story(FOR_60_S, events), ["1 pending", "3 cancelled", "63 pending"]);
});

Deno.test("a raised limit keeps what is pending as long as the value is beyond it", () => {
  const events = [
    sampleAt(1_000, { cpu: 88 }),
    sampleAt(2_000, { cpu: 99 }),
    rules(2_500, threshold({ ...FOR_60_S, limit: 90, clear: 90 })),
    sampleAt(3_000, { cpu: 99 }),
    sampleAt(61_500, { cpu: 99 }),
    sampleAt(62_000, { cpu: 99 }),
  ];
  assertEquals(story(FOR_60_S, events), ["1 pending", "62 firing"]);
});

Deno.test("silence is never recovery, not even to a warning", () => {
  const rule = silence({ severity: "warning", criticalMs: 10_000, keepFiringForMs: 60_000 });
  const events = [sampleAt(1_000, {}), tick(6_000), tick(11_000), sampleAt(20_000, {})];
  assertEquals(story(rule, [...events, tick(25_000), tick(40_000)]), ["6 firing", "11 escalated"]);
  assertEquals(play(rule, [...events, tick(25_000)]).state.status, "DOWN");
});

const ONCE = { kind: "samples", breaches: 1, of: 1 } as const;

interface Reload {
  readonly name: string;
  readonly before: Rule;
  readonly after: Rule;
  /** Events after a sample at second 1 with CPU at 99 %; the reload is among them. */
  readonly events: readonly Timed[];
  readonly wants: readonly string[];
}

const LATE = silence({ severity: "warning" });

const RELOADS: readonly Reload[] = [
  {
    name: "a critical limit that is taken away: a warning at the next sample",
    before: threshold({ hold: ONCE, critical: 95 }),
    after: threshold({ hold: ONCE }),
    events: [tick(2_500), sampleAt(3_000, { cpu: 99 }), sampleAt(4_000, { cpu: 99 })],
    wants: ["1 firing critical", "3 eased warning"],
  },
  {
    name: "a warning that is to be critical",
    before: threshold({ hold: ONCE }),
    after: threshold({ hold: ONCE, severity: "critical" }),
    events: [sampleAt(3_000, { cpu: 99 }), sampleAt(4_000, { cpu: 20 })],
    wants: ["1 firing warning", "3 escalated critical", "4 resolved critical"],
  },
  {
    name: "a critical one that is to be a warning, while only keepFiringFor holds it",
    before: threshold({ hold: ONCE, severity: "critical", keepFiringForMs: 9_000 }),
    after: threshold({ hold: ONCE, keepFiringForMs: 9_000 }),
    events: [sampleAt(3_000, { cpu: 20 }), sampleAt(4_000, { cpu: 20 })],
    wants: ["1 firing critical", "3 eased warning"],
  },
  {
    name: "a critical limit that is raised: only a value good enough eases it",
    before: threshold({ hold: ONCE, clear: 80, critical: 95 }),
    after: threshold({ hold: ONCE, clear: 80, critical: 98 }),
    events: [sampleAt(3_000, { cpu: 94 }), sampleAt(4_000, { cpu: 93 })],
    wants: ["1 firing critical", "4 eased warning"],
  },
  {
    name: "late heartbeats that are to be critical, at once",
    before: LATE,
    after: silence(),
    events: [],
    wants: ["6 firing warning", "7 escalated critical"],
  },
  {
    name: "missing heartbeats that are to be a warning, at once",
    before: silence(),
    after: LATE,
    events: [tick(3_600_000)],
    wants: ["6 firing critical", "7 eased warning"],
  },
  {
    name: "missing heartbeats that are to be critical later only: silence eases nothing",
    before: silence(),
    after: silence({ severity: "warning", criticalMs: 60_000 }),
    events: [tick(61_000), sampleAt(90_000)],
    wants: ["6 firing critical", "90 resolved critical"],
  },
];

Deno.test("step() lets a firing alert be as bad as its changed rule says", async (t) => {
  for (const { name, before, after, events, wants } of RELOADS) {
    await t.step(name, () => {
      const isSilence = before.kind === "missingHeartbeat";
      const first = [sampleAt(1_000, { cpu: 99 }), ...isSilence ? [tick(6_000)] : []];
      const reload = rules(isSilence ? 7_000 : 2_000, after);
      const { transitions } = playAll([before], [...first, reload, ...events]);
      const lines = transitions.flatMap((each) =>
        each.kind === "alert" ? [`${each.at / 1_000} ${each.change} ${each.severity}`] : []
      );
      assertEquals(lines, wants);
    });
  }
});

Deno.test("step() makes a service DOWN whose late heartbeats are to be critical, and says why", () => {
  const late = [sampleAt(1_000, {}), tick(6_000)];
  const { state, transitions } = playAll([LATE], [...late, rules(7_000, silence())]);
  assertEquals(state.status, "DOWN");
  const reasons = transitions.flatMap((each) => each.kind === "alert" ? [each.message] : []);
  assertEquals(reasons.at(-1), "rule SERVICE_DOWN is critical now: the configuration changed");
  const back = playAll([silence()], [...late, rules(7_000, LATE)]);
  assertEquals(back.state.status, "DEGRADED");
  assertEquals(
    back.state.alerts.SERVICE_DOWN?.message,
    "rule SERVICE_DOWN is a warning now: the configuration changed",
  );
});

/** Rules of the same names that differ in how bad they are. */
function levels(): fc.Arbitrary<readonly Rule[]> {
  const severity = fc.constantFrom<Severity[]>("warning", "critical");
  const run = { kind: "duration", durationMs: 3_000 } as const;
  const cpu = severity.chain((each) =>
    fc.constantFrom(
      threshold({ hold: ONCE, severity: each }),
      threshold({ hold: ONCE, clear: 80, critical: 95, keepFiringForMs: 2_000 }),
      threshold({ hold: run, severity: each }),
      threshold({ hold: run, clear: 70, critical: 90 }),
    )
  );
  const heartbeat = fc.constantFrom(
    silence(),
    LATE,
    silence({ severity: "warning", criticalMs: 9_000, keepFiringForMs: 2_000 }),
  );
  return fc.tuple(cpu, heartbeat);
}

/** Samples and reloads. */
function histories(): fc.Arbitrary<Timed[]> {
  const gapMs = fc.constantFrom(0, 500, 1_000, 1_000, 6_000, 12_000);
  const cpu = fc.constantFrom(20, 75, 83, 88, 93, 99);
  const act = fc.oneof(
    { weight: 5, arbitrary: cpu.map((value) => ({ cpu: value })) },
    { weight: 1, arbitrary: levels() },
  );
  return fc.array(fc.tuple(gapMs, act), { maxLength: 60 }).map((acts) => {
    let now = 0;
    return acts.map(([gap, what]) => {
      now += gap;
      return "cpu" in what ? sampleAt(now, what) : rules(now, ...what);
    });
  });
}

Deno.test("whatever is reloaded: evidence proves each level, and silence alone eases nothing", () => {
  fc.assert(
    fc.property(levels(), histories(), (first, events) => {
      const endsAt = events.at(-1)?.now ?? 0;
      for (const each of run(events, first, endsAt + 3_600_000).transitions) {
        if (each.kind !== "alert") continue;
        const { rule, evidence, at, seenAt, severity, change } = each;
        const again = judge(rule, evidence, { now: at, seenAt });
        assert(again !== undefined);
        if (isEnded(each)) continue;
        assertEquals([again.value, limitAt(again, severity)], [each.value, each.limit]);
        if (again.critical === null) assertEquals(severity, rule.severity);
        else if (change === "escalated") assert(again.critical.enough);
        else if (change === "eased") assert(again.critical.cleared && !again.critical.enough);
        if (at > endsAt) assert(change === "firing" || change === "escalated", change);
      }
    }),
    { numRuns: 500 },
  );
});

function isEnded({ change }: AlertTransition): boolean {
  return change === "resolved" || change === "cancelled";
}
