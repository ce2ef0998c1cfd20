import { assert, assertEquals } from "@std/assert";

import { calmsAt, noteChange, STEADY } from "@/lib/domain/flapping.ts";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import { startService, step } from "@/lib/domain/service.ts";

const POLICY = { changes: 3, windowMs: 60_000 };

function noteAll(instants: readonly number[]): ReturnType<typeof noteChange> {
  return instants.reduce((state, at) => noteChange(state, POLICY, at), STEADY);
}

Deno.test("noteChange() finds flapping in so many changes within the window", async (t) => {
  const rows: readonly [name: string, instants: number[], since: number | null][] = [
    ["too few changes", [0, 1_000], null],
    ["enough, close together", [0, 1_000, 2_000], 2_000],
    ["enough, just within the window", [0, 30_000, 60_000], 60_000],
    ["enough, but over a longer time", [0, 30_000, 60_001], null],
    ["the latest ones count", [0, 100_000, 110_000, 120_000], 120_000],
    ["once it flaps, its beginning stays", [0, 1_000, 2_000, 3_000], 2_000],
    ["it goes on while changes come more slowly", [0, 1_000, 2_000, 50_000, 100_000], 2_000],
  ];
  for (const [name, instants, since] of rows) {
    await t.step(name, () => assertEquals(noteAll(instants).since, since));
  }
});

Deno.test("noteChange() remembers no more than it needs", () => {
  assertEquals(noteAll(Array.from({ length: 1_000 }, (_, at) => at)).changes, [997, 998, 999]);
});

Deno.test("calmsAt() is half a window after the last change, and never while nothing flaps", () => {
  assertEquals(calmsAt(noteAll([0, 1_000, 2_000]), POLICY), 32_000);
  assertEquals(calmsAt(noteAll([0, 1_000]), POLICY), null);
});

Deno.test("step() forgets what changed when a person says so, and what flaps does not any more", () => {
  const [rule] = DEFAULT_RULES;
  assert(rule);
  const flaps = {
    [rule.name]: { changes: [1, 2, 3], since: 3 },
    OTHER: { changes: [1], since: null },
  };
  const before = { ...startService("checkout", DEFAULT_RULES, 0), flaps };
  const calm = step(before, { kind: "steady" }, 10);
  assertEquals(calm.state.flaps, {});
  const told = calm.transitions.map((each) =>
    each.kind === "flapping" && [each.rule, each.flapping]
  );
  assertEquals(told, [[rule.name, false]]);
  assertEquals(step(calm.state, { kind: "steady" }, 11).transitions, []);
});
