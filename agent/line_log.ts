/**
 * A log of lines for a terminal or a service manager.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";
import type { Log, LogFields } from "@/lib/ports/log.ts";
import { formatLogValue } from "@/lib/ports/log_text.ts";

/** Options for {@linkcode createLineLog}. */
export interface LineLogOptions {
  /** Dates the lines. */
  readonly clock: Pick<Clock, "now">;
  /** Takes each line, its end included. */
  readonly write: (line: string) => void;
}

/**
 * Returns a log that writes a line for each event: time, level, event, and the fields as `key=value`. Values
 * are JSON, so that nothing that came over the network can control the terminal. `debug` is left out.
 *
 * @example
 * ```ts
 * import { createLineLog } from "@/agent/line_log.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const lines: string[] = [];
 * const log = createLineLog({ clock: { now: () => 0 }, write: (line) => lines.push(line) });
 * log.info("connected", { dropped: 3 });
 * assertEquals(lines, ["1970-01-01T00:00:00.000Z info connected dropped=3\n"]);
 * ```
 */
export function createLineLog({ clock, write }: LineLogOptions): Log {
  const log = (level: string) => (event: string, fields: LogFields = {}): void => {
    const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${formatLogValue(value)}`);
    write(`${new Date(clock.now()).toISOString()} ${level} ${event}${pairs.join("")}\n`);
  };
  return { debug: () => {}, info: log("info"), warn: log("warn"), error: log("error") };
}
