import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { LiveStore } from "@/components/live_store.ts";
import { describeNext, elapsedAt, ScenarioBar } from "@/components/ScenarioBar.tsx";
import type { ScenarioRunView } from "@/lib/ports/scenario_desk.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

import { NOW, snapshot } from "./views.ts";

const RUN: ScenarioRunView = {
  ...{ name: "monday-morning", summary: "A Monday.", durationMs: 600_000, state: "running" },
  ...{ elapsedMs: 20_000, at: NOW, next: { atMs: 75_000, what: "Outage on auth-service" } },
  differences: [],
};

function storeOf(scenario: ScenarioRunView | null): LiveStore {
  const initial = snapshot([]);
  return new LiveStore({ ...initial, stats: { ...initial.stats, scenario } }, new FakeClock(NOW));
}

function render(change: Partial<ScenarioRunView>): string {
  return renderToString(<ScenarioBar store={storeOf({ ...RUN, ...change })} />);
}

Deno.test("ScenarioBar shows name, progress, what comes next, and how to hold or end it", () => {
  const html = render({});
  assert(html.includes('aria-label="Scenario monday-morning"'), html);
  assert(html.includes('max="600000" value="20000"'), html);
  assert(html.includes('aria-valuetext="0:20 of 10:00"'), html);
  assert(html.includes("Next: Outage on auth-service in 0:55"), html);
  assert(html.includes("Pause the scenario") && html.includes("Stop the scenario"), html);
  assertFalse(html.includes("Resume"));
});

Deno.test("ScenarioBar offers to go on while it is paused", () => {
  const html = render({ state: "paused" });
  assert(html.includes("Resume the scenario") && html.includes("Stop the scenario"), html);
  assertFalse(html.includes("Pause the scenario"));
});

Deno.test("ScenarioBar shows the verdict, with nothing left to press", () => {
  const passed = render({ state: "passed", next: null });
  assert(passed.includes("All came as expected"), passed);
  assertFalse(passed.includes("<button"));
  const differences = ["expected HIGH_CPU on a to fire at 33 s ± 3 s, it fired at 41 s"];
  const failed = render({ state: "failed", next: null, differences });
  assert(failed.includes("1 difference") && failed.includes("it fired at 41 s"), failed);
});

Deno.test("ScenarioBar is empty without a scenario", () => {
  assertEquals(renderToString(<ScenarioBar store={storeOf(null)} />), "");
});

Deno.test("elapsedAt() goes on from the last moment while it runs, up to its end", () => {
  assertEquals(elapsedAt(RUN, NOW + 1_500), 21_500);
  assertEquals(elapsedAt(RUN, NOW - 1_500), 20_000);
  assertEquals(elapsedAt(RUN, NOW + 9_999_999), 600_000);
  assertEquals(elapsedAt({ ...RUN, state: "paused" }, NOW + 1_500), 20_000);
});

Deno.test("describeNext() has words for every state", () => {
  const words = (["running", "paused", "passed", "failed", "stopped"] as const).map((state) =>
    describeNext({ ...RUN, state, next: null }, 0)
  );
  assertEquals(words, [
    "Nothing more happens",
    "Paused: what was wrong is ended for now",
    "All came as expected",
    "Not all came as expected",
    "Was stopped",
  ]);
});
