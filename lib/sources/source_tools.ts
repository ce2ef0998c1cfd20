/**
 * What sources work with.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";
import type { TcpConnect } from "@/lib/ports/tcp_connect.ts";
import type { WebFetch } from "@/lib/ports/web_fetch.ts";

import type { Poller } from "./poller.ts";

/** What every source gets. */
export interface SourceTools {
  /** Tells the time. */
  readonly clock: Clock;
  /** Does things again and again. */
  readonly poller: Poller;
  /** Asks other hosts, over connections that may be kept. */
  readonly fetch: WebFetch;
  /** Makes what asks other hosts, each time over a new connection. */
  readonly openFetch: (policy: ReachPolicy) => WebFetch;
  /** Connects to other hosts. */
  readonly connect: TcpConnect;
}

/** Which addresses may be talked to. */
export interface ReachPolicy {
  /** Whether those that are not public are refused. */
  readonly denyPrivate: boolean;
}
