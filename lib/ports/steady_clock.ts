/**
 * A clock that goes on steadily when the machine's clock is set: for waits, not for records.
 *
 * @module
 */

import type { Clock } from "./clock.ts";

/** Returns a clock that reads the same as `clock` now and from then on counts the time that really passes. */
export function steadyClock(clock: Clock): Clock {
  const aheadMs = clock.now() - clock.monotonicMs();
  return {
    now: () => aheadMs + clock.monotonicMs(),
    monotonicMs: () => clock.monotonicMs(),
    after: (delayMs, run) => clock.after(delayMs, run),
  };
}
