/**
 * The port of bare connections: whether something listens, and how soon it answers.
 *
 * @module
 */

import type { WebFailureReason } from "./web_fetch.ts";

/** Where to connect to. */
export interface TcpRequest {
  /** A name or an address; one of IPv6 stands in brackets. */
  readonly hostname: string;
  /** The port. */
  readonly port: number;
  /** How long it may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether addresses that are not public are refused. */
  readonly denyPrivate: boolean;
}

/** What came of it. */
export type TcpResult =
  | {
    readonly kind: "connected";
    /** From the beginning to the connection, in milliseconds. */
    readonly durationMs: number;
  }
  | {
    readonly kind: "failed";
    /** The reason in a word. */
    readonly reason: WebFailureReason;
    /** The same in a sentence for people. */
    readonly detail: string;
  };

/** Connects once, and closes. Never rejects, but for the signal's reason if that is aborted. */
export type TcpConnect = (request: TcpRequest, signal: AbortSignal) => Promise<TcpResult>;
