/**
 * The port of requests to other hosts: one question, one answer or one reason why there is none.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

import type { Secret } from "./secret.ts";

/** A request to another host. */
export interface WebRequest {
  /** Where to. */
  readonly url: Secret;
  /** Such as `"GET"`. */
  readonly method: string;
  /** Headers by name; their values may be secret. */
  readonly headers: Readonly<Record<string, Secret>>;
  /** What is sent; `null` for nothing. */
  readonly body: string | null;
  /** How long all of it may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How much of the answer's body is taken, in bytes. */
  readonly maxBytes: number;
  /**
   * How many redirects are followed; the answer is what the last address says. With none, a redirect is an
   * answer like any other; more than so many are a failure.
   */
  readonly redirects: number;
}

/** What came of a request. Nothing in it is secret. */
export type WebResult =
  | {
    readonly kind: "answered";
    /** The HTTP status. */
    readonly status: number;
    /** Headers of the answer. */
    readonly headers: Headers;
    /** The body, never longer than asked for. */
    readonly body: Uint8Array<ArrayBuffer>;
    /** From the request to the end of the body, in milliseconds. */
    readonly durationMs: number;
    /** Until when the certificate of the host is valid; `null` or left out where that is not known. */
    readonly certificateEndsAt?: Instant | null;
  }
  | {
    readonly kind: "failed";
    /** The reason; `"too large"` if the body does not end within its bound. */
    readonly reason: WebFailureReason;
    /** The same in a sentence for people, with the host but not the rest of the address. */
    readonly detail: string;
  };

/** Why there is no answer. */
export type WebFailureReason =
  | "timeout"
  | "dns"
  | "refused"
  | "unreachable"
  | "tls"
  | "broken off"
  | "redirect"
  | "too large"
  | "private address"
  | "not permitted"
  | "failed";

/** Asks once. Never rejects, but for the signal's reason if that is aborted. */
export type WebFetch = (request: WebRequest, signal: AbortSignal) => Promise<WebResult>;
