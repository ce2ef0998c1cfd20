/**
 * A span of time that ends now, and so ticks.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import { formatDuration, type Instant } from "@/lib/domain/instant.ts";

/** Props of {@linkcode Age}. */
export interface AgeProps {
  readonly since: Instant;
  readonly now: ReadonlySignal<Instant>;
}

/** Renders how long ago `since` is. It alone subscribes to the time, so a tick renders nothing else. */
export function Age({ since, now }: AgeProps): VNode {
  return <>{formatDuration(now.value - since)}</>;
}
