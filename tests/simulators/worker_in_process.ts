/**
 * Workers without threads: simulations on a clock that a test holds in its hands.
 *
 * @module
 */

import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import { Simulation } from "@/simulators/simulation.ts";
import type { StartWorker } from "@/simulators/worker_handle.ts";

/** Returns what starts simulations in this very process. */
export function startInProcess(clock: Clock): StartWorker {
  return (events) => {
    const timers = new Set<Cancel>();
    const simulation = new Simulation({
      clock: { now: () => clock.now(), after },
      post: (report) => events.onMessage(report),
      onStop: () => {},
    });
    return {
      post: (command) => simulation.receive(command),
      terminate: () => timers.forEach((cancel) => cancel()),
    };

    /** What is thrown here ends the worker, not the process. */
    function after(delayMs: number, run: () => void): Cancel {
      const cancel = clock.after(delayMs, () => {
        timers.delete(cancel);
        try {
          run();
        } catch (error) {
          events.onError(error instanceof Error ? error.message : String(error));
        }
      });
      timers.add(cancel);
      return cancel;
    }
  };
}
