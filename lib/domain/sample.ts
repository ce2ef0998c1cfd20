/**
 * A sample: what one service said about itself at one instant.
 *
 * @module
 */

import type { Instant } from "./instant.ts";

/** One report of a service. Without metrics it is a bare heartbeat. */
export interface Sample {
  /** Name of the service, see {@linkcode SERVICE_NAME}. */
  readonly service: string;
  /** When it was taken, by the sender's clock. */
  readonly at: Instant;
  /** Values by metric id; a metric that was not measured is left out. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** One value of one series at one instant, as rules look at it and evidence keeps it. */
export interface SeriesSample {
  /** When it was taken. */
  readonly at: Instant;
  /** The value, in the unit of its metric. */
  readonly value: number;
}

/**
 * What a service may be called: 1 to 64 of `a-z 0-9 . _ -`. Not `.` and `..`, which mean a folder in an
 * address: `/api/services/..` is another page.
 */
export const SERVICE_NAME: RegExp = /^(?!\.{1,2}$)[a-z0-9._-]{1,64}$/;

/** The same in words, to complete "the value …". */
export const SERVICE_NAME_RULE =
  'must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, but not "." or ".."';

/** How far ahead of our clock a sample may be dated before it is refused, in milliseconds. */
export const MAX_FUTURE_MS = 60_000;
