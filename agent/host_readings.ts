/**
 * What the agent measures on its machine.
 *
 * @module
 */

import type { Log } from "@/lib/ports/log.ts";

import type { CpuCounters } from "./cpu.ts";
import { cpuPercent, type CpuTimes } from "./cpu_times.ts";
import type { MemoryGauge } from "./memory.ts";

/** The port to what is measured. */
export interface Readings {
  /** Returns values by metric id; what cannot be measured now is left out. Never rejects. */
  read(): Promise<Readonly<Record<string, number>>>;
}

/** Options for {@linkcode createHostReadings}. */
export interface HostReadingsOptions {
  /** Where CPU comes from. */
  readonly cpu: CpuCounters;
  /** Where memory comes from. */
  readonly memory: MemoryGauge;
  /** Told when something cannot be measured, and when it can again. */
  readonly log: Log;
}

/**
 * Measures `cpu` and `memory`. CPU is the mean since the reading before, so the first reading has none.
 */
export function createHostReadings({ cpu, memory, log }: HostReadingsOptions): Readings {
  return new HostReadings([
    ["cpu", new Guarded("cpu", cpuReader(cpu), log)],
    ["memory", new Guarded("memory", () => memory.read(), log)],
  ]);
}

/**
 * Returns the first source that can be read now, else the last: which one works depends on the system and
 * on permissions.
 */
export async function firstReadable<Source extends { read(): Promise<unknown> }>(
  [source, ...rest]: readonly [Source, ...Source[]],
): Promise<Source> {
  const [next, ...others] = rest;
  if (next === undefined) return source;
  try {
    await source.read();
    return source;
  } catch {
    // Why it does not work is of no interest while another one does.
    return await firstReadable([next, ...others]);
  }
}

class HostReadings implements Readings {
  readonly #metrics: readonly (readonly [string, Guarded])[];

  constructor(metrics: readonly (readonly [string, Guarded])[]) {
    this.#metrics = metrics;
  }

  async read(): Promise<Readonly<Record<string, number>>> {
    const values = await Promise.all(
      this.#metrics.map(async ([id, metric]) => [id, await metric.read()] as const),
    );
    return Object.fromEntries(
      values.filter((entry): entry is [string, number] => entry[1] !== null),
    );
  }
}

/** Turns failures into `null`; only the first of several is logged. */
class Guarded {
  readonly #metric: string;
  readonly #read: () => Promise<number | null>;
  readonly #log: Log;
  #failing = false;

  constructor(metric: string, read: () => Promise<number | null>, log: Log) {
    this.#metric = metric;
    this.#read = read;
    this.#log = log;
  }

  async read(): Promise<number | null> {
    try {
      const value = await this.#read();
      if (this.#failing) this.#log.info("measured again", { metric: this.#metric });
      this.#failing = false;
      return value;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.#failing) this.#log.warn("cannot measure", { metric: this.#metric, reason });
      this.#failing = true;
      return null;
    }
  }
}

function cpuReader(counters: CpuCounters): () => Promise<number | null> {
  let before: CpuTimes | null = null;
  return async () => {
    const after = await counters.read();
    const percent = before && cpuPercent(before, after);
    before = after;
    return percent;
  };
}
