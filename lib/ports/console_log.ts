/**
 * The log on standard error: one line of JSON an event, for machines and people alike.
 *
 * @module
 */

import type { Clock } from "./clock.ts";
import type { Log, LogFields } from "./log.ts";
import { formatLogValue } from "./log_text.ts";

/** How important an event is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** What a console log needs. */
export interface ConsoleLogOptions {
  /** Dates the lines. */
  readonly clock: Pick<Clock, "now">;
  /** Events below this level are left out. @default {"info"} */
  readonly level?: LogLevel;
  /** Takes a finished line. @default {console.error} */
  readonly write?: (line: string) => void;
}

/**
 * Returns a log whose lines read `{"at":"…","level":"warn","event":"…", …fields}`. No field can forge a
 * line of its own, take the place of these three, or act on the terminal that shows it.
 */
export function createConsoleLog(options: ConsoleLogOptions): Log {
  const { clock, level = "info" } = options;
  // deno-lint-ignore no-console -- this adapter is where the log meets the console
  const write = options.write ?? ((line: string) => console.error(line));
  function logger(at: LogLevel): (event: string, fields?: LogFields) => void {
    if (LEVELS.indexOf(at) < LEVELS.indexOf(level)) return () => {};
    return (event, fields) => {
      const own = { at: new Date(clock.now()).toISOString(), level: at, event };
      write(formatLogValue({ ...own, ...fields, ...own }));
    };
  }
  return {
    debug: logger("debug"),
    info: logger("info"),
    warn: logger("warn"),
    error: logger("error"),
  };
}
