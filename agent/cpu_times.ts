/**
 * CPU use between two readings of the counters that an operating system keeps since it started.
 *
 * @module
 */

/** Time since the start of the machine, over all its CPUs, in any unit. */
export interface CpuTimes {
  /** Spent working. */
  readonly busy: number;
  /** Spent with nothing to do. */
  readonly idle: number;
}

/**
 * Returns how busy the CPUs were between two readings, in per cent. `null` if nothing can be said: no time
 * has passed, or a counter went back, as when a CPU was unplugged.
 *
 * @example
 * ```ts
 * import { cpuPercent } from "@/agent/cpu_times.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cpuPercent({ busy: 100, idle: 500 }, { busy: 125, idle: 575 }), 25);
 * ```
 */
export function cpuPercent(before: CpuTimes, after: CpuTimes): number | null {
  const busy = after.busy - before.busy;
  const idle = after.idle - before.idle;
  if (busy < 0 || idle < 0 || busy + idle === 0) return null;
  return 100 * busy / (busy + idle);
}
