/**
 * Acts over HTTP: sends a request to Vitals and tells what came of it. It never rejects.
 *
 * @module
 */

import * as words from "@/texts/answers.ts";

import { isRecord } from "./api_answers.ts";

/** What is asked for. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** From the root, such as `/api/silences`. */
  readonly path: string;
  /** Sent as JSON; `undefined` for none. */
  readonly body?: unknown;
}

/** What came of it. */
export type Answer =
  | { readonly kind: "done"; readonly value: unknown }
  /** Vitals did not do it. */
  | {
    readonly kind: "refused";
    readonly status: number;
    /** Why, in words. */
    readonly detail: string;
    /** What is wrong with the input, a line each. */
    readonly issues: readonly string[];
  }
  /** There was no answer. */
  | { readonly kind: "unreachable" };

/** A request that did not do what it was for. */
export type Failure = Exclude<Answer, { readonly kind: "done" }>;

/** How to send. */
export interface ApiOptions {
  /** @default {fetch} */
  readonly send?: (path: string, init: RequestInit) => Promise<Response>;
}

/** Sends a request, in the session of this browser if there is one, and reads the answer. */
export async function callApi(request: ApiRequest, options: ApiOptions = {}): Promise<Answer> {
  const send = options.send ?? ((path: string, init: RequestInit) => fetch(path, init));
  try {
    const response = await send(request.path, describe(request));
    return await readAnswer(response);
  } catch {
    return { kind: "unreachable" };
  }
}

/** Returns a failure in words. */
export function explainFailure(failure: Failure): string {
  switch (failure.kind) {
    case "unreachable":
      return words.unreachable;
    case "refused":
      if (isSignedOut(failure)) return words.signedOut;
      return failure.detail;
  }
}

/** Tells whether signing in would help. */
export function isSignedOut(failure: Failure): boolean {
  return failure.kind === "refused" && failure.status === 401;
}

function describe({ method, body }: ApiRequest): RequestInit {
  const headers = {
    accept: "application/json",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  return { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const value = parseJson(text);
  if (response.ok) return { kind: "done", value };
  const problem = isRecord(value) ? value : {};
  const detail = [problem.detail, problem.title].find((words) => typeof words === "string");
  return {
    kind: "refused",
    status: response.status,
    detail: String(detail ?? `HTTP ${response.status}`),
    issues: Array.isArray(problem.issues) ? problem.issues.flatMap(describeIssue) : [],
  };
}

/** An answer without a body, or one that a proxy made, is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function describeIssue(issue: unknown): string[] {
  if (!isRecord(issue) || typeof issue.message !== "string") return [];
  return [issue.path === "" ? issue.message : `${issue.path}: ${issue.message}`];
}
