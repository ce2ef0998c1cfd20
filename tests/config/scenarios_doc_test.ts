import { assert, assertEquals } from "@std/assert";

import { listScenarios, readScenarioFile } from "@/lib/config/deno_scenario_files.ts";
import { findMisfit } from "@/lib/scenario/find_misfit.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { parseScenario } from "@/lib/config/parse_scenario.ts";
import { compareScenario } from "@/lib/domain/compare_scenario.ts";
import { PROFILES } from "@/simulators/profiles.ts";
import { playScenario } from "@/tools/play_scenario.ts";

const DOC = new URL("../../docs/scenarios.md", import.meta.url);
const PROFILE_NAMES = Object.keys(PROFILES);

async function readExample(): Promise<string> {
  const text = await Deno.readTextFile(DOC);
  const [, example = ""] = /```jsonc\n(.*?)```/s.exec(text) ?? [];
  return example;
}

Deno.test("docs/scenarios.md: the example comes as it expects", async () => {
  const playable = parseScenario(await readExample(), {
    ...{ name: "lunch-break", profiles: PROFILE_NAMES },
  });
  const { differences, events } = await playScenario(playable);
  assertEquals(differences, []);
  const { expects } = playable.scenario;
  assertEquals([expects.alerts.length, expects.statuses.length], [1, 2]);
  // It is not empty talk: without the outage nothing of it comes true.
  const calm = events.filter(({ kind, atMs }) => kind === "status" && atMs === 0);
  const record = { events: calm, isTimed: true, isTold: true };
  assertEquals(compareScenario(expects, record).length, 5);
});

Deno.test("docs/scenarios.md: the table has every shipped scenario, and how long it takes", async () => {
  const text = await Deno.readTextFile(DOC);
  const rows = new Map(
    [...text.matchAll(/^\| `([a-z-]+)` +\| (\d+ (?:s|min)) +\|/gm)].map(([, name, span]) => {
      return [name, span] as const;
    }),
  );
  const folder = "simulators/scenarios";
  const config = parseConfig(await Deno.readTextFile("vitals.config.jsonc"));
  const names = await listScenarios(folder);
  assertEquals([...rows.keys()].sort(), names);
  for (const name of names) {
    const playable = await readScenarioFile(folder, { name, profiles: PROFILE_NAMES });
    const { durationMs } = playable.scenario;
    const spans = [`${durationMs / 1_000} s`, `${durationMs / 60_000} min`];
    assert(spans.includes(rows.get(name) ?? ""), name);
    assertEquals(findMisfit(playable, config), null);
  }
});
