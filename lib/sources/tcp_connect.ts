/**
 * Bare connections over sockets: bounded in time, with the reason in one word where there is none.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";
import type { TcpConnect } from "@/lib/ports/tcp_connect.ts";

import { explainFailure, explainTimeout } from "./explain_failure.ts";
import type { OpenSocket } from "./open_socket.ts";
import { runWithin } from "./run_within.ts";

/** What {@linkcode createTcpConnect} needs. */
export interface TcpConnectOptions {
  /** Opens connections. */
  readonly open: OpenSocket;
  /** Bounds the time. */
  readonly clock: Clock;
}

/** Returns what connects. */
export function createTcpConnect({ open, clock }: TcpConnectOptions): TcpConnect {
  return async ({ hostname, port, timeoutMs, denyPrivate }, signal) => {
    const host = `${hostname}:${port}`;
    const startedMs = clock.monotonicMs();
    const attempted = await runWithin(
      (bounds) => open({ hostname, port, denyPrivate, isSecure: false }, bounds),
      { clock, timeoutMs, signal },
    );
    switch (attempted.kind) {
      case "done":
        attempted.value.socket.destroy();
        return { kind: "connected", durationMs: clock.monotonicMs() - startedMs };
      case "late":
        return explainTimeout(host, timeoutMs);
      case "threw":
        return explainFailure(attempted.error, { host, isRedirected: false });
    }
  };
}
