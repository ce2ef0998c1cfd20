/**
 * Where the agent has the counters of the CPUs from. Knows nothing of per cent; see `cpu_times.ts`.
 *
 * @module
 */

import { cpus } from "node:os";

import type { CpuTimes } from "./cpu_times.ts";
import { parseProcStat } from "./proc_stat.ts";

/** The port to the counters of this machine's CPUs. */
export interface CpuCounters {
  /**
   * Returns the counters as they are now.
   *
   * @throws {Error} If they cannot be had.
   */
  read(): Promise<CpuTimes>;
}

/**
 * Linux, with all that the kernel counts. Deno 2.9 lets a program read `/proc/stat` only under
 * `--allow-all`, whatever `--allow-read` says.
 */
export const PROC_STAT: CpuCounters = {
  read: async () => parseProcStat(await Deno.readTextFile("/proc/stat")),
};

/** Any system. On Linux it leaves out waiting for disks, soft interrupts and stolen time. */
export const OS_CPUS: CpuCounters = {
  read: () => Promise.resolve(sumCpus(cpus())),
};

/** What `node:os` says of one CPU. */
export interface OsCpu {
  /** Milliseconds since the start of the machine. */
  readonly times: Readonly<Record<"user" | "nice" | "sys" | "irq" | "idle", number>>;
}

/**
 * Returns the times of all CPUs together, in milliseconds.
 *
 * @throws {RangeError} If there is no CPU, which is how `node:os` says that it cannot tell.
 */
export function sumCpus(all: readonly OsCpu[]): CpuTimes {
  if (all.length === 0) throw new RangeError("Cannot read CPU times: the system names no CPU");
  return {
    busy: sum(all.map(({ times }) => times.user + times.nice + times.sys + times.irq)),
    idle: sum(all.map(({ times }) => times.idle)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
