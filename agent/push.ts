/**
 * Sends samples to Vitals over HTTP, one request a sample.
 *
 * @module
 */

import { parseRetryAfter } from "@/lib/protocol/retry_after.ts";

import { parseProblem } from "./answer.ts";

/** What the agent sends. Vitals dates it on arrival, so that this machine's clock need not be right. */
export interface HostSample {
  /** Name of the service. */
  readonly service: string;
  /** Values by metric id. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** How sending ended. */
export type PushOutcome =
  /** Vitals has the sample. */
  | { readonly kind: "accepted" }
  /** Something answered, but did not take it. */
  | {
    readonly kind: "refused";
    /** The HTTP status. */
    readonly status: number;
    /** Why, in the words of the answer. */
    readonly detail: string;
    /** How long it asks not to be asked again, in milliseconds; 0 if it does not say. */
    readonly retryAfterMs: number;
  }
  /** Nothing answered in time. */
  | {
    readonly kind: "unreachable";
    /** Why, in the words of the network. */
    readonly reason: string;
  };

/** Sends one sample. Never rejects. */
export type Push = (sample: HostSample, signal: AbortSignal) => Promise<PushOutcome>;

/** Options for {@linkcode createPush}. */
export interface PushOptions {
  /** Where Vitals is, such as `http://127.0.0.1:8000`. */
  readonly url: URL;
  /** Sent as a bearer token; `null` for none. */
  readonly token: string | null;
  /**
   * How long an answer may take, in milliseconds.
   *
   * @default {5000}
   */
  readonly timeoutMs?: number;
}

/** About how much of an answer is read, in characters. */
const MAX_ANSWER_LENGTH = 16_384;

/** Returns a function that posts to `api/samples` below the URL. */
export function createPush({ url, token, timeoutMs = 5_000 }: PushOptions): Push {
  const target = samplesUrl(url);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (token !== null) headers["authorization"] = `Bearer ${token}`;
  return async (sample, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(target, {
        method: "POST",
        headers,
        body: JSON.stringify(sample),
        // Following would send the sample as GET, and the token to whoever is there.
        redirect: "manual",
        signal: AbortSignal.any([signal, timeout]),
      });
      return await readOutcome(response);
    } catch (error) {
      if (timeout.aborted) return { kind: "unreachable", reason: `no answer in ${timeoutMs} ms` };
      return { kind: "unreachable", reason: reasonOf(error) };
    }
  };
}

async function readOutcome(response: Response): Promise<PushOutcome> {
  const { status, headers } = response;
  if (response.ok) {
    await response.body?.cancel();
    return { kind: "accepted" };
  }
  const location = headers.get("location");
  const text = await readText(response);
  return {
    kind: "refused",
    status,
    detail: location === null ? parseProblem(text) ?? "no reason given" : `moved to ${location}`,
    retryAfterMs: parseRetryAfter(headers),
  };
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  // Leaving the loop cancels the rest.
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MAX_ANSWER_LENGTH) break;
  }
  return text;
}

function samplesUrl(base: URL): URL {
  const url = new URL(base.origin);
  url.pathname = `${base.pathname.replace(/\/$/, "")}/api/samples`;
  return url;
}

/** The cause says more than the error: "connection refused" rather than "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return error.message.replace(/^error sending request for url \(.*?\): /, "");
}
