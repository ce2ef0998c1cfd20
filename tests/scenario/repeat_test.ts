import { assertEquals } from "@std/assert";

import { readScenarioFile, SCENARIO_FOLDER } from "@/lib/config/deno_scenario_files.ts";
import { PROFILES } from "@/simulators/profiles.ts";
import { type ScenarioSet, setScenario } from "@/tools/play_scenario.ts";

const SHIPPED = [
  "calm",
  "cpu-spike",
  "cascading-outage",
  "error-storm",
  "flapping",
  "slow-leak",
  "monday-morning",
];

async function set(name: string): Promise<ScenarioSet & { readonly durationMs: number }> {
  const options = { name, profiles: Object.keys(PROFILES) };
  const playable = await readScenarioFile(SCENARIO_FOLDER, options);
  return { ...await setScenario(playable), durationMs: playable.scenario.durationMs };
}

for (const name of SHIPPED) {
  Deno.test(`scenario ${name}: four times in a row on one monitor, as in a rehearsal`, async () => {
    const { clock, monitor: { scenarios }, durationMs, clear } = await set(name);
    const found: unknown[] = [];
    for (let turn = 0; turn < 4; turn++) {
      scenarios.start(name);
      await clock.advance(durationMs);
      found.push(scenarios.current()?.differences);
      await clock.advance(5_000);
    }
    await clear();
    assertEquals(found, [[], [], [], []]);
  });

  Deno.test(`scenario ${name}: passes wherever it is paused for 20 s`, async () => {
    for (const pausedAtS of [5, 21, 23, 30, 50, 80, 190, 350, 400]) {
      const { clock, monitor: { scenarios }, durationMs, clear } = await set(name);
      if (pausedAtS * 1_000 < durationMs) {
        scenarios.start(name);
        await clock.advance(pausedAtS * 1_000);
        scenarios.pause();
        await clock.advance(20_000);
        scenarios.resume();
        await clock.advance(durationMs);
        const run = scenarios.current();
        assertEquals([pausedAtS, run?.state, run?.differences], [pausedAtS, "passed", []]);
      }
      await clear();
    }
  });
}
