/**
 * Requests to other hosts: bounded in time and in bytes, following redirects without giving away what is secret,
 * with the reason in one word where there is no answer.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { WebFetch, WebRequest, WebResult } from "@/lib/ports/web_fetch.ts";

import { explainFailure, explainTimeout } from "./explain_failure.ts";
import { runWithin } from "./run_within.ts";

/** The part of an answer that is used; a `Response` has it. */
export interface WebAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** Headers of the answer. */
  readonly headers: Headers;
  /** The body, or nothing of it any more; `null` for none. */
  readonly body: (AsyncIterable<Uint8Array> & { cancel(): Promise<void> }) | null;
  /** Until when the certificate is valid; `null` or left out where that is not known. */
  readonly certificateEndsAt?: Instant | null;
}

/** What is sent. */
export interface SendInit {
  /** Such as `"GET"`. */
  readonly method: string;
  /** `null` for none. */
  readonly body: string | null;
  /** By name. */
  readonly headers: Record<string, string>;
  /** Redirects are answers. */
  readonly redirect: "manual";
  /** Ends it, amid the body too. */
  readonly signal: AbortSignal;
}

/** The part of `fetch` that is used. */
export type SendRequest = (url: string, init: SendInit) => Promise<WebAnswer>;

/** What {@linkcode createWebFetch} needs. */
export interface WebFetchOptions {
  /** Sends. */
  readonly request: SendRequest;
  /** Bounds the time. */
  readonly clock: Clock;
}

/** Returns what asks other hosts. */
export function createWebFetch({ request: send, clock }: WebFetchOptions): WebFetch {
  return async (request, signal) => {
    const { timeoutMs } = request;
    const hop: Hop = { url: withoutUser(request.url.reveal()), method: request.method, count: 0 };
    const asking = { request, send, clock, hop };
    const attempted = await runWithin(
      (bounds) => ask({ ...asking, signal: bounds }),
      { clock, timeoutMs, signal },
    );
    const host = hostOf(hop.url);
    switch (attempted.kind) {
      case "done":
        return attempted.value;
      case "late":
        return explainTimeout(host, timeoutMs);
      case "threw":
        return explainFailure(attempted.error, { host, isRedirected: hop.count > 0 });
    }
  };
}

/** Where a request has got to. */
interface Hop {
  url: string;
  method: string;
  count: number;
}

interface Asking extends Pick<WebFetchOptions, "clock"> {
  readonly request: WebRequest;
  readonly send: SendRequest;
  readonly hop: Hop;
  readonly signal: AbortSignal;
}

async function ask({ request, send, clock, hop, signal }: Asking): Promise<WebResult> {
  const startedMs = clock.monotonicMs();
  for (;;) {
    const answer = await send(hop.url, { ...initOf(request, hop), signal });
    const next = nextAddress(answer, hop.url);
    if (next === null || request.redirects === 0) {
      return await readAnswer(answer, { request, clock, startedMs, host: hostOf(hop.url) });
    }
    await answer.body?.cancel();
    if (hop.count >= request.redirects) return explainLoop(request);
    hop.count++;
    hop.url = next;
    if (becomesGet(answer.status, hop.method)) hop.method = "GET";
  }
}

/** What is secret is for the first host alone: after a redirect to another one only the bare question is left. */
function initOf(
  { url: first, method: asked, headers, body }: WebRequest,
  { url, method }: Hop,
): Omit<SendInit, "signal"> {
  const { origin, username, password } = new URL(first.reveal());
  const isSameHost = new URL(url).origin === origin;
  const own = Object.entries(headers).map(([name, value]) => [name, value.reveal()] as const);
  return {
    method,
    body: isSameHost && method === asked ? body : null,
    headers: {
      "user-agent": "Vitals",
      ...(isSameHost
        ? { ...basicAuthorization(username, password), ...Object.fromEntries(own) }
        : {}),
    },
    redirect: "manual",
  };
}

/** User and password of an address go into a header (RFC 7617); `fetch` takes no address with them. */
function basicAuthorization(username: string, password: string): Record<string, string> {
  if (username + password === "") return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${new TextEncoder().encode(credentials).toBase64()}` };
}

function withoutUser(address: string): string {
  const url = new URL(address);
  [url.username, url.password] = ["", ""];
  return url.href;
}

function nextAddress({ status, headers }: WebAnswer, url: string): string | null {
  const location = headers.get("location");
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return null;
  const next = URL.parse(location, url);
  return next !== null && ["http:", "https:"].includes(next.protocol)
    ? withoutUser(next.href)
    : null;
}

/** As browsers do it (Fetch standard, HTTP-redirect fetch, step 12). */
function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== "GET" && method !== "HEAD";
  return [301, 302].includes(status) && method === "POST";
}

function explainLoop({ url, redirects }: WebRequest): WebResult {
  const detail = `${hostOf(url.reveal())} redirects more than ${redirects} times`;
  return { kind: "failed", reason: "redirect", detail };
}

interface Answered {
  readonly request: WebRequest;
  readonly clock: Clock;
  readonly startedMs: number;
  readonly host: string;
}

async function readAnswer(
  answer: WebAnswer,
  { request: { maxBytes }, clock, startedMs, host }: Answered,
): Promise<WebResult> {
  const body = await readBounded(answer, maxBytes);
  if (body === null) {
    const detail = `${host} sends more than ${maxBytes} bytes`;
    return { kind: "failed", reason: "too large", detail };
  }
  const { status, headers, certificateEndsAt = null } = answer;
  const durationMs = clock.monotonicMs() - startedMs;
  return { kind: "answered", status, headers, body, durationMs, certificateEndsAt };
}

async function readBounded(
  { body }: WebAnswer,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the body.
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return join(chunks, length);
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "the address";
}
