/**
 * Reads the text of `/proc/stat`, where Linux counts what its CPUs did; see proc_stat(5).
 *
 * @module
 */

import type { CpuTimes } from "./cpu_times.ts";

/**
 * Returns the times of all CPUs together, in ticks.
 *
 * Waiting for a disk (`iowait`) is idle: the CPU could have worked. Time that the hypervisor gave to others
 * (`steal`) is busy: this machine could not use it. `guest` and `guest_nice` are left out, since the kernel
 * has already counted them in `user` and `nice`.
 *
 * @throws {SyntaxError} If there is no line of all CPUs, or it is not made of numbers.
 *
 * @example
 * ```ts
 * import { parseProcStat } from "@/agent/proc_stat.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseProcStat("cpu  10 1 5 80 4 1 1 2 0 0\n"), { busy: 20, idle: 84 });
 * ```
 */
export function parseProcStat(text: string): CpuTimes {
  const [, line] = /^cpu +(\d+(?: \d+){3,})\s*$/m.exec(text) ?? [];
  if (line === undefined) {
    throw new SyntaxError('Cannot read /proc/stat: expected a line such as "cpu 10 0 5 80 …"');
  }
  // Kernels before 2.6.11 count fewer kinds of time.
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    line
      .split(" ").map(Number);
  return { busy: user + nice + system + irq + softirq + steal, idle: idle + iowait };
}
