/**
 * A log that keeps what it is told.
 *
 * @module
 */

import type { Log, LogFields } from "@/lib/ports/log.ts";

/** Implements {@linkcode Log} in memory. */
export class RecordedLog implements Log {
  /** `level: event` of each call, oldest first. */
  readonly lines: string[] = [];
  /** The fields of each call. */
  readonly fields: LogFields[] = [];

  debug(event: string, fields: LogFields = {}): void {
    this.#keep("debug", event, fields);
  }

  info(event: string, fields: LogFields = {}): void {
    this.#keep("info", event, fields);
  }

  warn(event: string, fields: LogFields = {}): void {
    this.#keep("warn", event, fields);
  }

  error(event: string, fields: LogFields = {}): void {
    this.#keep("error", event, fields);
  }

  #keep(level: string, event: string, fields: LogFields): void {
    this.lines.push(`${level}: ${event}`);
    this.fields.push(fields);
  }
}
