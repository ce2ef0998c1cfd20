/**
 * Errors as they leave Vitals over HTTP: problem details after RFC 9457.
 *
 * @module
 */

import type { InputIssue } from "@/lib/ports/monitor.ts";

/** More issues than this are only counted. */
export const MAX_LISTED_ISSUES = 20;

/** The content type of a problem. */
export const PROBLEM_TYPE = "application/problem+json";

/** The body of an answer that is an error. */
export interface Problem {
  /** Always `"about:blank"`: the status says it all. */
  readonly type: "about:blank";
  /** The name of the status. */
  readonly title: string;
  /** The HTTP status, 400 to 599. */
  readonly status: number;
  /** What went wrong this time, and what would be right; left out when it must not be told. */
  readonly detail?: string;
  /** What is wrong with the input, at most {@linkcode MAX_LISTED_ISSUES}. */
  readonly issues?: readonly InputIssue[];
  /** How many issues are not listed; left out when all are. */
  readonly moreIssues?: number;
}

/** Options for {@linkcode ProblemError}. */
export interface ProblemErrorOptions extends ErrorOptions {
  /** What is wrong with the input. */
  readonly issues?: readonly InputIssue[];
  /** How many issues there are beside `issues`. @default {0} */
  readonly moreIssues?: number;
  /** Headers of the answer, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  414: "URI Too Long",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  426: "Upgrade Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
};

/** A request that cannot be served, with all that its sender should know. */
export class ProblemError extends Error {
  /** Tells it from other errors. */
  override readonly name = "ProblemError";
  /** What the sender gets. */
  readonly problem: Problem;
  /** Headers of the answer. */
  readonly headers: Readonly<Record<string, string>>;

  /** Creates an error of a status from 400 to 599; `detail` goes to the sender. */
  constructor(status: number, detail: string, options: ProblemErrorOptions = {}) {
    super(detail, options);
    this.headers = options.headers ?? {};
    this.problem = toProblem(status, detail, options);
  }
}

/** Returns the answer that tells of a problem. */
export function problemResponse(
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(problem, {
    status: problem.status,
    headers: { ...headers, "content-type": PROBLEM_TYPE },
  });
}

/**
 * Returns a problem of which no more is told than its status.
 *
 * @example
 * ```ts
 * import { plainProblem } from "@/lib/protocol/problem.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(plainProblem(404), { type: "about:blank", title: "Not Found", status: 404 });
 * ```
 */
export function plainProblem(status: number): Problem {
  return { type: "about:blank", title: TITLES[status] ?? "Error", status };
}

function toProblem(status: number, detail: string, options: ProblemErrorOptions): Problem {
  const { issues, moreIssues = 0 } = options;
  const problem = { ...plainProblem(status), detail };
  if (issues === undefined) return problem;
  const hidden = moreIssues + Math.max(0, issues.length - MAX_LISTED_ISSUES);
  return {
    ...problem,
    issues: issues.slice(0, MAX_LISTED_ISSUES),
    ...(hidden > 0 ? { moreIssues: hidden } : {}),
  };
}
