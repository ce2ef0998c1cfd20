/**
 * Instants on the status page: in UTC, the same for all readers.
 *
 * @module
 */

import type { VNode } from "preact";

import { formatInstant, type Instant } from "@/lib/domain/instant.ts";
import { formatMoment, formatTime } from "@/lib/domain/utc_time.ts";

/** Props of {@linkcode UtcTime}. */
export interface UtcTimeProps {
  readonly at: Instant;
  /** Whether the day is said elsewhere. */
  readonly short?: boolean;
}

/** Renders an instant to the minute. */
export function UtcTime({ at, short = false }: UtcTimeProps): VNode {
  return <time dateTime={formatInstant(at)}>{short ? formatTime(at) : formatMoment(at)}</time>;
}
