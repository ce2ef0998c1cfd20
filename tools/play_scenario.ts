/**
 * Plays a scenario in virtual time: a whole monitor with simulated services in this very process, without
 * server, workers or disk, as fast as it can.
 *
 * @module
 */

import { createMonitor, type Monitor } from "@/lib/app.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { ScenarioEvent } from "@/lib/domain/scenario.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { PlayableScenario } from "@/lib/ports/playable_scenario.ts";
import type { Receiver } from "@/lib/ports/receiver.ts";
import { uniform } from "@/simulators/noise.ts";
import { Simulation } from "@/simulators/simulation.ts";
import { createSupervisor } from "@/simulators/supervisor.ts";
import type { StartWorker } from "@/simulators/worker_handle.ts";

import { VirtualClock } from "./virtual_clock.ts";

/** What came of it. */
export interface PlayedScenario {
  /** Everything, by time. */
  readonly events: readonly ScenarioEvent[];
  /** Where expectation and fact differ, a line each. */
  readonly differences: readonly string[];
  /** How many notifications the receiver got. */
  readonly delivered: number;
}

/** A Monday, eight o'clock. */
const START = Date.UTC(2026, 10, 23, 8);
/** Services run for so long before it begins, in milliseconds. */
const WARM_UP_MS = 15_000;
/** Time for all to end in, in milliseconds. */
const END_MS = 10_000;
/** Noise stream of the pauses between attempts. */
const PAUSES = 901;

const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** A monitor with the services of a scenario, which have run for a while and are well. */
export interface ScenarioSet {
  /** Moves all of it. */
  readonly clock: VirtualClock;
  /** Offers the scenario, and plays it once that is started. */
  readonly monitor: Monitor;
  /** Takes every notification. */
  readonly audience: CountingReceiver;
  /** Ends it all. */
  clear(): Promise<void>;
}

/**
 * Plays it from beginning to end. The same scenario always has the same events.
 *
 * @param start When it is by the clock of the services, which have their rhythm over the day.
 */
export async function playScenario(
  playable: PlayableScenario,
  start: Instant = START,
): Promise<PlayedScenario> {
  const { name, durationMs } = playable.scenario;
  const { clock, monitor, audience, clear } = await setScenario(playable, start);
  const before = audience.delivered;
  const begun = monitor.scenarios.start(name);
  if (begun.kind !== "done") throw new Error(`Cannot play "${name}": ${begun.kind}`);
  await clock.advance(durationMs);
  const differences = monitor.scenarios.current()?.differences ?? [];
  const events = monitor.scenarios.events();
  const delivered = audience.delivered - before;
  await clear();
  return { events, differences, delivered };
}

/** Sets all up that a scenario is played with, in virtual time. It is `start` then. */
export async function setScenario(
  playable: PlayableScenario,
  start: Instant = START,
): Promise<ScenarioSet> {
  const { scenario, config } = playable;
  const clock = new VirtualClock(start - WARM_UP_MS);
  const random = seeded(scenario.seed);
  const audience = new CountingReceiver();
  const monitor = createMonitor({
    ...{ clock, config, random, log: SILENT, version: "0.0.0" },
    simulate: (services) =>
      createSupervisor({ services, clock, random, log: SILENT, startWorker: inProcess(clock) }),
    createReceiver: () => audience,
    origin: () => null,
  });
  monitor.calm();
  monitor.scenarios.offer({ scenarios: [playable], problems: new Map() });
  monitor.start();
  await clock.advance(WARM_UP_MS);
  const clear = async () => {
    const stopped = monitor.stop();
    await clock.advance(END_MS);
    await stopped;
  };
  return { clock, monitor, audience, clear };
}

/** Takes everything. */
class CountingReceiver implements Receiver {
  readonly name = "audience";
  readonly kind = "counting";
  delivered = 0;

  deliver(): ReturnType<Receiver["deliver"]> {
    this.delivered++;
    return Promise.resolve({ kind: "delivered", detail: "counted" });
  }
}

function seeded(seed: number): () => number {
  let index = 0;
  return () => uniform(seed, { stream: PAUSES, index: index++ });
}

/** Returns what starts simulations in this very process. What one throws ends it alone. */
function inProcess(clock: Clock): StartWorker {
  return (events) => {
    let isEnded = false;
    const simulation = new Simulation({
      clock: { now: () => clock.now(), after },
      post: (report) => {
        if (!isEnded) events.onMessage(report);
      },
      onStop: () => {
        isEnded = true;
      },
    });
    return {
      post: (command) => simulation.receive(command),
      terminate: () => {
        isEnded = true;
      },
    };

    function after(delayMs: number, run: () => void): Cancel {
      return clock.after(delayMs, () => {
        if (isEnded) return;
        try {
          run();
        } catch (error) {
          events.onError(error instanceof Error ? error.message : String(error));
        }
      });
    }
  };
}
