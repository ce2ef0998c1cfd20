import { assert, assertEquals, assertNotEquals } from "@std/assert";

import { listScenarios, readScenarioFile } from "@/lib/config/deno_scenario_files.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { parseScenario } from "@/lib/config/parse_scenario.ts";
import { formatTranscript } from "@/lib/domain/scenario.ts";
import type { PlayableScenario } from "@/lib/ports/playable_scenario.ts";
import { findMisfit } from "@/lib/scenario/find_misfit.ts";
import { PROFILES } from "@/simulators/profiles.ts";
import { playScenario } from "@/tools/play_scenario.ts";

const FOLDER = "simulators/scenarios";
const OPTIONS = { profiles: Object.keys(PROFILES) };
const HOUR = 3_600_000;

async function readAll(): Promise<PlayableScenario[]> {
  const names = await listScenarios(FOLDER);
  return await Promise.all(names.map((name) => readScenarioFile(FOLDER, { ...OPTIONS, name })));
}

function scenario(change: Readonly<Record<string, unknown>> = {}): PlayableScenario {
  const text = JSON.stringify({
    summary: "A trial.",
    duration: "1m",
    services: [{ name: "auth-service", profile: "api" }],
    expects: {},
    ...change,
  });
  return parseScenario(text, { ...OPTIONS, name: "trial" });
}

Deno.test("playScenario() finds every shipped scenario as it expects, at any hour of the day", async (t) => {
  const all = await readAll();
  assert(all.length >= 7);
  for (const playable of all) {
    await t.step(playable.scenario.name, async () => {
      assertEquals((await playScenario(playable)).differences, []);
      // Their rhythm makes services another at another hour; live it is any.
      for (const hour of [3.1, 14.37, 20.72]) {
        const at = Date.UTC(2026, 10, 25) + Math.round(hour * HOUR) + 437;
        assertEquals((await playScenario(playable, at)).differences, [], `at ${hour} h`);
      }
    });
  }
});

Deno.test("playScenario() is the same each time, byte for byte", async () => {
  const playable = await readScenarioFile(FOLDER, { ...OPTIONS, name: "monday-morning" });
  const [one, other] = [await playScenario(playable), await playScenario(playable)];
  assertEquals(formatTranscript(one.events), formatTranscript(other.events));
  assert(one.events.length > 30);
});

Deno.test("playScenario() is another run with another seed", async () => {
  const timeline = [
    { at: "5s", service: "auth-service", kind: "memory-leak", duration: "50s" },
  ];
  const runs = [1, 2].map((seed) => playScenario(scenario({ seed, timeline })));
  const [one, other] = (await Promise.all(runs)).map(({ events }) => formatTranscript(events));
  assertNotEquals(one, other);
});

Deno.test("playScenario() has nothing go wrong that the scenario does not say", async () => {
  // In two hours each service is dealt some sixty cards of its deck.
  const services = Object.keys(PROFILES).map((profile) => ({ name: profile, profile }));
  const { events } = await playScenario(scenario({ duration: "2h", services }));
  assertEquals(events.filter(({ kind, atMs }) => kind !== "status" || atMs > 0), []);
});

Deno.test("playScenario() tells where expectation and fact differ", async () => {
  const timeline = [{ at: "10s", service: "auth-service", kind: "outage", duration: "20s" }];
  const alerts = [{ service: "auth-service", rule: "SERVICE_DOWN", fires: "25s", resolves: "31s" }];
  const { differences } = await playScenario(
    scenario({ timeline, expects: { alerts, notifications: { total: 5 } } }),
  );
  assertEquals(differences, [
    "expected SERVICE_DOWN on auth-service to fire at 25 s ± 3 s, it fired at 14.6 s",
    "expected notifications in all: 5, there were 2",
  ]);
});

Deno.test("playScenario() counts what the receiver gets", async () => {
  for (const playable of await readAll()) {
    const { events, delivered } = await playScenario(playable);
    const told = events.filter(({ kind }) => kind === "notification").length;
    assertEquals(delivered, told, playable.scenario.name);
  }
});

Deno.test("playScenario() restarts the worker of a service that crashes", async () => {
  const timeline = [{ at: "10s", service: "auth-service", kind: "crash", duration: "1s" }];
  const { events, differences } = await playScenario(scenario({ timeline }));
  assertEquals(differences, []);
  assertEquals(events.map(({ kind }) => kind), ["status", "fault"]);
});

Deno.test("findMisfit() lets every shipped scenario be played under the shipped configuration", async () => {
  const config = parseConfig(await Deno.readTextFile("vitals.config.jsonc"), OPTIONS);
  for (const playable of await readAll()) assertEquals(findMisfit(playable, config), null);
});
