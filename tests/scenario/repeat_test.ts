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
    const simulation = new Simulation({
      clock: { now: () => clock.now(), after },
      post: (report) => {
        if (!ended) events.onMessage(report);
      },
      onStop: () => {
        ended = true;
      },
    });
    return {
      post: (command) => simulation.receive(command),
      terminate: () => {
        ended = true;
      },
    };
    function after(ms: number, run: () => void) {
      return clock.after(ms, () => {
        if (ended) return;
        try {
          run();
        } catch (error) {
          events.onError(String(error));
        }
      });
    }
  };
}
/** Ends what was staged, so that nothing waits on. */
async function clear({ clock, monitor }: Awaited<ReturnType<typeof stage>>): Promise<void> {
  const stopped = monitor.stop();
  await clock.advance(10_000);
  await stopped;
}

const SHIPPED = [
  "calm",
  "cpu-spike",
  "cascading-outage",
  "error-storm",
  "flapping",
  "slow-leak",
  "monday-morning",
];

for (const name of SHIPPED) {
  Deno.test(`scenario ${name}: four times in a row on one monitor, as in a rehearsal`, async () => {
    const all = await stage(name);
    const { clock, monitor, playable } = all;
    const found: unknown[] = [];
    for (let turn = 0; turn < 4; turn++) {
      monitor.scenarios.start(name);
      await clock.advance(playable.scenario.durationMs);
      found.push(monitor.scenarios.current()?.differences);
      await clock.advance(5_000);
    }
    await clear(all);
    assertEquals(found, [[], [], [], []]);
  });

  Deno.test(`scenario ${name}: passes wherever it is paused for 20 s`, async () => {
    for (const pausedAtS of [5, 21, 23, 30, 50, 80, 190, 350, 400]) {
      const all = await stage(name);
      const { clock, monitor, playable: { scenario: { durationMs } } } = all;
      if (pausedAtS * 1_000 < durationMs) {
        monitor.scenarios.start(name);
        await clock.advance(pausedAtS * 1_000);
        monitor.scenarios.pause();
        await clock.advance(20_000);
        monitor.scenarios.resume();
        await clock.advance(durationMs);
        const run = monitor.scenarios.current();
        assertEquals([pausedAtS, run?.state, run?.differences], [pausedAtS, "passed", []]);
      }
      await clear(all);
    }
  });
}
