/**
 * What sources work with.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";
import type { WebFetch } from "@/lib/ports/web_fetch.ts";

import type { Poller } from "./poller.ts";

/** What every source gets. */
export interface SourceTools {
  /** Tells the time. */
  readonly clock: Clock;
  /** Does things again and again. */
  readonly poller: Poller;
  /** Asks other hosts. */
  readonly fetch: WebFetch;
}
