/**
 * Requests to other hosts by `fetch`: bounded in time and in bytes, with the reason in one word where there is
 * no answer.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";
import type { WebFailureReason, WebFetch, WebRequest, WebResult } from "@/lib/ports/web_fetch.ts";

/** The part of `fetch` that is used. */
export type SendRequest = (url: string, init: RequestInit) => Promise<Response>;

/** What {@linkcode createWebFetch} needs. */
export interface WebFetchOptions {
  /** Sends. */
  readonly request: SendRequest;
  /** Bounds the time. */
  readonly clock: Clock;
}

/** The chain of causes says it in the words of the system; the first that is known decides. */
const REASONS: readonly (readonly [pattern: RegExp, reason: WebFailureReason, words: string])[] = [
  [/refused/i, "refused", "it refuses connections"],
  [/dns|lookup|name or service not known|no address/i, "dns", "there is no such host"],
  [/certificate|tls|ssl|handshake/i, "tls", "the certificate or the TLS handshake was refused"],
  [/unreachable/i, "unreachable", "there is no way to it"],
  [/reset|closed|broken pipe|eof|incomplete|aborted|reading a body/i, "broken off", "it broke off"],
  [/timed? ?out/i, "timeout", "it did not answer in time"],
];

/** Returns what asks other hosts. */
export function createWebFetch(options: WebFetchOptions): WebFetch {
  return async (request, signal) => {
    signal.throwIfAborted();
    const expiry = new AbortController();
    const cancel = options.clock.after(request.timeoutMs, () => expiry.abort(TIMEOUT));
    const bounds = AbortSignal.any([signal, expiry.signal]);
    try {
      return await ask(request, { ...options, signal: bounds });
    } catch (error) {
      signal.throwIfAborted();
      return explainFailure(error, { request, isLate: expiry.signal.aborted });
    } finally {
      cancel();
    }
  };
}

const TIMEOUT = new Error("no answer in time");

interface Asking extends WebFetchOptions {
  readonly signal: AbortSignal;
}

async function ask(
  request: WebRequest,
  { request: send, clock, signal }: Asking,
): Promise<WebResult> {
  const startedMs = clock.monotonicMs();
  let url = request.url.reveal();
  for (let followed = 0;; followed++) {
    const response = await send(url, { ...initOf(request, url), signal });
    const next = nextAddress(response, url);
    if (next === null || followed >= request.redirects) {
      return await readAnswer(response, { request, clock, startedMs });
    }
    await response.body?.cancel();
    url = next;
  }
}

/** What is secret is for the first host alone: after a redirect to another one only the bare question is left. */
function initOf({ url: first, method, headers, body }: WebRequest, url: string): RequestInit {
  const isSameHost = new URL(url).origin === new URL(first.reveal()).origin;
  const own = Object.entries(headers).map(([name, value]) => [name, value.reveal()] as const);
  return {
    method,
    body: isSameHost ? body : null,
    headers: { "user-agent": "Vitals", ...(isSameHost ? Object.fromEntries(own) : {}) },
    redirect: "manual",
  };
}

function nextAddress({ status, headers }: Response, url: string): string | null {
  const location = headers.get("location");
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return null;
  const next = URL.parse(location, url);
  return next !== null && ["http:", "https:"].includes(next.protocol) ? next.href : null;
}

interface Answered {
  readonly request: WebRequest;
  readonly clock: Clock;
  readonly startedMs: number;
}

async function readAnswer(
  response: Response,
  { request, clock, startedMs }: Answered,
): Promise<WebResult> {
  const body = await readBounded(response, request.maxBytes);
  if (body === null) {
    const detail = `${hostOf(request)} sends more than ${request.maxBytes} bytes`;
    return { kind: "failed", reason: "too large", detail };
  }
  const { status, headers } = response;
  return { kind: "answered", status, headers, body, durationMs: clock.monotonicMs() - startedMs };
}

async function readBounded(
  { body }: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the body.
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

interface Failed {
  readonly request: WebRequest;
  readonly isLate: boolean;
}

function explainFailure(error: unknown, { request, isLate }: Failed): WebResult {
  const host = hostOf(request);
  if (isLate) {
    const detail = `No answer from ${host} within ${request.timeoutMs} ms`;
    return { kind: "failed", reason: "timeout", detail };
  }
  if (!(error instanceof Error)) {
    return { kind: "failed", reason: "failed", detail: `No connection to ${host}` };
  }
  if (error.name === "NotCapable" || error.name === "PermissionDenied") {
    const detail = `Vitals may not reach that host yet: restart it, so that it gets the permission`;
    return { kind: "failed", reason: "not permitted", detail };
  }
  const chain = [error.message, String(error.cause ?? "")].join(" ");
  const [, reason = "failed", words = error.name] = REASONS.find(([known]) => known.test(chain)) ??
    [];
  return { kind: "failed", reason, detail: `No connection to ${host}: ${words}` };
}

function hostOf({ url }: WebRequest): string {
  return URL.parse(url.reveal())?.host ?? "the address";
}
