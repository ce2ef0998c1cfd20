/**
 * The port to the log. Events with fields, not sentences.
 *
 * @module
 */

/** What is known about an event: JSON values only. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Takes events, most important last. */
export interface Log {
  /** For someone who looks for a fault. */
  debug(event: string, fields?: LogFields): void;
  /** A normal step of life worth a line. */
  info(event: string, fields?: LogFields): void;
  /** Something is off; Vitals carries on. */
  warn(event: string, fields?: LogFields): void;
  /** Something is broken and wants a person. */
  error(event: string, fields?: LogFields): void;
}
