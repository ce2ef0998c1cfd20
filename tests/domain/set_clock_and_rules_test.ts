import { assertEquals } from "@std/assert";

import type { Rule } from "@/lib/domain/rule.ts";
import { startService, step, type Transition } from "@/lib/domain/service.ts";

import { sampleAt, silence, summarise, threshold, type Timed } from "./rules.ts";

const FOR_60_S = threshold({ hold: { kind: "duration", durationMs: 60_000 } });

/** What the alerts do under one rule at first, whatever comes. */
function story(rule: Rule, events: readonly Timed[]): readonly string[] {
  return play(rule, events).seen;
}

function play(rule: Rule, events: readonly Timed[]) {
  let state = startService("checkout", [rule], 0);
  const seen: Transition[] = [];
  for (const { event, now } of events) {
    const result = step(state, event, now);
    state = result.state;
    seen.push(...result.transitions);
  }
  const alerts = summarise(seen.filter(({ kind }) => kind === "alert"));
  return { state, seen: alerts.map((line) => line.replace(/ [A-Z_]+ /, " ")) };
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
