/**
 * What a job says of a run in one request: by the end of the path, a name in the query, and a few words in the
 * body.
 *
 * @module
 */

import { z } from "zod";

import { quote } from "@/lib/domain/quote.ts";

import { ProblemError } from "./problem.ts";
import { parseQuery } from "./query_params.ts";

/** How a run begins or ends. */
export type JobOutcome =
  | { readonly kind: "started" }
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed"; readonly reason: string };

const OUTCOME = 'must be "start", "fail", an exit code such as 0 or 3, or a signal such as KILL';

/**
 * Returns what the end of a path says.
 *
 * @throws {ProblemError} 422 if it says nothing that is known.
 *
 * @example
 * ```ts
 * import { parseOutcome } from "@/lib/protocol/job_ping.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseOutcome("0"), { kind: "succeeded" });
 * assertEquals(parseOutcome("3"), { kind: "failed", reason: "exit 3" });
 * ```
 */
export function parseOutcome(text: string): JobOutcome {
  if (text === "start") return { kind: "started" };
  if (text === "fail") return { kind: "failed", reason: "failed" };
  // In the place of a code, systemd has the name of the signal that ended a service.
  if (/^[A-Z][A-Z0-9]{1,15}$/.test(text)) return { kind: "failed", reason: `signal ${text}` };
  // Windows has exit codes of 32 bits, and shows them with a sign.
  if (!/^-?\d{1,10}$/.test(text)) {
    const issue = { path: "outcome", message: `${OUTCOME}, got ${quote(text)}` };
    throw new ProblemError(422, "Cannot take that of a job", { issues: [issue] });
  }
  return Number(text) === 0 ? { kind: "succeeded" } : { kind: "failed", reason: `exit ${text}` };
}

const RUN = "must be 1 to 64 of A-Z, a-z, 0-9, dot, underscore and hyphen";

/**
 * What a query may say.
 *
 * @ignore
 */
export const PING_QUERY: z.ZodType<{ readonly run: string }> = z.strictObject({
  run: z.string(RUN).regex(/^[A-Za-z0-9._-]{1,64}$/, RUN).default("").meta({
    description: "Which run of a job it is about, where runs overlap.",
    asParam: { type: "string", pattern: "^[A-Za-z0-9._-]{1,64}$" },
  }),
});

/**
 * Returns the name of a run; empty if it has none.
 *
 * @throws {ProblemError} 422 with issues if it is malformed, or something else is asked for.
 */
export function parseRun(params: URLSearchParams): string {
  return parseQuery(params, PING_QUERY, ["run"]).run;
}

/** So much of a body is looked at, in bytes. */
export const MAX_WORDS_BYTES = 1_024;

/** So much of it is shown, in characters. */
const MAX_WORDS = 300;

/** Returns the words of a body on one line; empty if it has none. What is too long ends in an ellipsis. */
export function readWords(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, MAX_WORDS_BYTES));
  // What was cut within a character, and what no screen shows, is left out.
  const words = text.replace(/[\s\p{C}\uFFFD]+/gu, " ").trim();
  const isCut = body.length > MAX_WORDS_BYTES || words.length > MAX_WORDS;
  return isCut ? `${words.slice(0, MAX_WORDS).trimEnd()}…` : words;
}

/** Returns why a run failed, in a sentence for people. */
export function describeFailure(reason: string, words: string): string {
  if (words !== "") return words;
  return reason === "failed" ? "The job said that it failed" : `The job ended with ${reason}`;
}

/** What browsers and previews of links say of themselves, and programs do not. */
const SIGNS_OF_A_PAGE = ["sec-fetch-site", "sec-purpose", "purpose", "origin", "referer"];

/**
 * Lets only programs say something by a request that should change nothing: a link that is followed, loaded in
 * advance or put into a page as a picture must not.
 *
 * @throws {ProblemError} 403 if it comes from a page.
 */
export function refusePages({ method, headers }: Pick<Request, "method" | "headers">): void {
  const isRead = method === "GET" || method === "HEAD";
  if (!isRead || !SIGNS_OF_A_PAGE.some((name) => headers.has(name))) return;
  throw new ProblemError(403, `Cannot take this from a browser by ${method}: use POST`);
}
