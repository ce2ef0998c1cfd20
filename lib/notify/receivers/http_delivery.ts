/**
 * One POST to a receiver, and what its answer means.
 *
 * @module
 */

import type { DeliveryResult } from "@/lib/ports/receiver.ts";
import { redact, Secret } from "@/lib/ports/secret.ts";
import { parseRetryAfter } from "@/lib/protocol/retry_after.ts";

/** The part of `fetch` that is used. */
export type SendRequest = (url: string, init: RequestInit) => Promise<Response>;

/** A message on its way. */
export interface HttpMessage {
  /** Where to. */
  readonly url: Secret;
  /** Headers beside the content type. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Text of JSON. */
  readonly body: string;
  /** What must not be seen in a reason, beside the address. */
  readonly secrets?: readonly Secret[];
}

/** What {@linkcode postMessage} needs. */
export interface PostOptions {
  /** Sends. */
  readonly request: SendRequest;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
}

/** How much of an answer is looked at for a reason, in characters. */
const MAX_ANSWER = 4_096;

/** How much of that is quoted, in characters. What is secret is hidden before, so that none is cut in two. */
const MAX_QUOTED = 160;

/** Parts of an address that are shorter are no secret by themselves, in characters. */
const MIN_SECRET = 8;

/** Statuses that may be others later, beside those from 500 on. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/** Sends a message once. A redirect is not followed: what is sent is for that address alone. */
export async function postMessage(
  message: HttpMessage,
  { request, signal }: PostOptions,
): Promise<DeliveryResult> {
  const { url, headers, body } = message;
  try {
    const response = await request(url.reveal(), {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Vitals", ...headers },
      ...{ body, signal, redirect: "manual" },
    });
    return await readAnswer(response, message);
  } catch (error) {
    return explainFailure(error, { url, signal });
  }
}

async function readAnswer(response: Response, message: HttpMessage): Promise<DeliveryResult> {
  const { status, headers, ok } = response;
  if (ok) {
    await response.body?.cancel();
    return { kind: "delivered", detail: `HTTP ${status}` };
  }
  if (status >= 300 && status < 400) {
    await response.body?.cancel();
    const reason = `HTTP ${status}: the address redirects; give the one that it leads to`;
    return { kind: "permanent", reason };
  }
  const quoted = redact(await readStart(response), secretsOf(message)).slice(0, MAX_QUOTED);
  const reason = `HTTP ${status}${quoted === "" ? "" : `: ${quoted}`}`;
  if (status < 500 && !PASSING.has(status)) return { kind: "permanent", reason };
  const pauseMs = parseRetryAfter(headers);
  return { kind: "passing", reason, retryAfterMs: pauseMs === 0 ? null : pauseMs };
}

/** Returns the beginning of the answer on one line; nothing if it has none, or breaks off. */
async function readStart({ body }: Response): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of body) {
      text += decoder.decode(chunk.subarray(0, MAX_ANSWER), { stream: true });
      if (text.length >= MAX_ANSWER) break;
    }
  } catch {
    return "";
  }
  return text.replace(/[\s\p{C}]+/gu, " ").trim();
}

interface Attempted {
  readonly url: Secret;
  readonly signal: AbortSignal;
}

/** Says in a few words why there is no answer. The host of an address is no secret, the rest is. */
function explainFailure(error: unknown, { url, signal }: Attempted): DeliveryResult {
  const host = URL.parse(url.reveal())?.host ?? "the address";
  if (signal.aborted) return passing(`no answer from ${host} in time`);
  if (!(error instanceof Error)) return passing(`no connection to ${host}`);
  if (error.name === "NotCapable" || error.name === "PermissionDenied") {
    const reason = `Vitals may not reach ${host} yet: restart it, so that it gets the permission`;
    return { kind: "permanent", reason };
  }
  return passing(`no connection to ${host}: ${nameCause(error)}`);
}

/** The chain of causes says it in the words of the system; the one that is known decides. */
const CAUSES: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/refused/i, "refused"],
  [/dns|lookup|name or service not known|no address/i, "no such host"],
  [/certificate|tls|ssl|handshake/i, "the certificate or the TLS handshake was refused"],
  [/reset|closed|broken pipe|eof|incomplete/i, "it broke off"],
  [/unreachable/i, "unreachable"],
  [/timed? ?out/i, "timed out"],
];

function nameCause(error: Error): string {
  const chain = [error.message, String(error.cause ?? "")].join(" ");
  return CAUSES.find(([pattern]) => pattern.test(chain))?.[1] ?? error.name;
}

function passing(reason: string): DeliveryResult {
  return { kind: "passing", reason, retryAfterMs: null };
}

/** An answer may quote what it was sent: the address, parts of it as written or as meant, a key. */
function secretsOf({ url, secrets = [] }: HttpMessage): Secret[] {
  return [...secrets, ...partsOf(url)].toSorted((a, b) => b.reveal().length - a.reveal().length);
}

/** Returns the address, and those parts of it that are secret by themselves. */
function partsOf(url: Secret): Secret[] {
  const { pathname = "", search = "", username = "", password = "", searchParams } =
    URL.parse(url.reveal()) ?? {};
  const values = [...searchParams?.values() ?? []];
  const written = [username, password, ...pathname.split("/"), ...search.slice(1).split(/[&=]/)];
  const parts = [...written, ...written.map(decode), ...values].filter((part) =>
    part.length >= MIN_SECRET
  );
  return [url.reveal(), pathname, search.slice(1), ...parts]
    .filter((part) => part.length > 3)
    .map((part) => new Secret(part));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
