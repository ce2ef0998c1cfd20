import { assertEquals } from "@std/assert";
import { createMonitor } from "@/lib/app.ts";
import { readScenarioFile, SCENARIO_FOLDER } from "@/lib/config/deno_scenario_files.ts";
import { PROFILES } from "@/simulators/profiles.ts";
import { createSupervisor } from "@/simulators/supervisor.ts";
import { Simulation } from "@/simulators/simulation.ts";
import type { StartWorker } from "@/simulators/worker_handle.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import { VirtualClock } from "@/tools/virtual_clock.ts";

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
/** A scenario, and a monitor that it fits, in virtual time. */
async function stage(name: string) {
  const playable = await readScenarioFile(SCENARIO_FOLDER, {
    name,
    profiles: Object.keys(PROFILES),
  });
  const clock = new VirtualClock(Date.UTC(2026, 10, 23, 8));
  const monitor = createMonitor({
    ...{ clock, config: playable.config, random: () => 0.5, log: SILENT, version: "0" },
    simulate: (services) =>
      createSupervisor({
        services,
        clock,
        random: () => 0.5,
        log: SILENT,
        startWorker: inProcess(clock),
      }),
    createReceiver: () => ({
      name: "audience",
      kind: "c",
      deliver: () => Promise.resolve({ kind: "delivered", detail: "" }),
    }),
    origin: () => null,
  });
  monitor.calm();
  monitor.scenarios.offer({ scenarios: [playable], problems: new Map() });
  monitor.start();
  await clock.advance(15_000);
  return { clock, monitor, playable };
}
function inProcess(clock: Clock): StartWorker {
  return (events) => {
    let ended = false;
    const s = new Simulation({
      clock: { now: () => clock.now(), after },
      post: (r) => {
        if (!ended) events.onMessage(r);
      },
      onStop: () => {
        ended = true;
      },
    });
    return {
      post: (c) => s.receive(c),
      terminate: () => {
        ended = true;
      },
    };
    function after(ms: number, run: () => void) {
      return clock.after(ms, () => {
        if (ended) return;
        try {
          run();
        } catch (e) {
          events.onError(String(e));
        }
      });
    }
  };
}
for (
  const name of [
    "calm",
    "cpu-spike",
    "cascading-outage",
    "error-storm",
    "flapping",
    "slow-leak",
    "monday-morning",
  ]
) {
  Deno.test(`scenario ${name}: four times in a row on one monitor, as in a rehearsal`, async () => {
    const { clock, monitor, playable } = await stage(name);
    const found: unknown[] = [];
    for (let turn = 0; turn < 4; turn++) {
      monitor.scenarios.start(name);
      await clock.advance(playable.scenario.durationMs);
      found.push(monitor.scenarios.current()?.differences);
      await clock.advance(5_000);
    }
    const stopped = monitor.stop();
    await clock.advance(10_000);
    await stopped;
    assertEquals(found, [[], [], [], []]);
  });
}
