/**
 * How much of the machine's memory is in use, and where the agent has it from.
 *
 * @module
 */

/** The port to the memory of this machine. */
export interface MemoryGauge {
  /**
   * Returns how much is in use now, in per cent.
   *
   * @throws {Error} If it cannot be had.
   */
  read(): Promise<number>;
}

/** Linux. Deno 2.9 lets a program read `/proc/meminfo` only under `--allow-all`. */
export const PROC_MEMINFO: MemoryGauge = {
  read: async () => parseMeminfo(await Deno.readTextFile("/proc/meminfo")),
};

/** Any system. */
export const SYSTEM_MEMORY: MemoryGauge = {
  read: () => Promise.resolve(usedPercent(Deno.systemMemoryInfo())),
};

/**
 * Returns what the text of `/proc/meminfo` says is in use, in per cent. Memory that the kernel would give
 * up when asked, such as its cache of files, is free (`MemAvailable`, see proc_meminfo(5)).
 *
 * @throws {SyntaxError} If the text does not say.
 *
 * @example
 * ```ts
 * import { parseMeminfo } from "@/agent/memory.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseMeminfo("MemTotal:  800 kB\nMemFree:  50 kB\nMemAvailable:  200 kB\n"), 75);
 * ```
 */
export function parseMeminfo(text: string): number {
  return usedPercent({
    total: kilobytesIn(text, "MemTotal"),
    available: kilobytesIn(text, "MemAvailable"),
  });
}

function kilobytesIn(text: string, name: string): number {
  const [, digits] = new RegExp(`^${name}: +(\\d+) kB$`, "m").exec(text) ?? [];
  if (digits === undefined) {
    throw new SyntaxError(`Cannot read /proc/meminfo: expected a line such as "${name}: 1024 kB"`);
  }
  return Number(digits);
}

/** The system's two numbers are not read at one instant, hence the bounds. */
function usedPercent(
  { total, available }: Pick<Deno.SystemMemoryInfo, "total" | "available">,
): number {
  if (!(total > 0)) throw new RangeError(`Cannot tell memory in use: the total is ${total}`);
  return Math.min(100, Math.max(0, 100 * (1 - available / total)));
}
