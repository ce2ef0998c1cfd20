/**
 * Problems as clients of Alertmanager read them: its API v2 answers an error with one JSON text.
 *
 * @module
 */

import type { Problem } from "@/lib/protocol/problem.ts";

/** Tells whether a path belongs to the API of Alertmanager. */
export function isAlertmanagerPath(pathname: string): boolean {
  return pathname === "/api/v2" || pathname.startsWith("/api/v2/");
}

/**
 * Returns the status that tells of a problem. Input that is wrong is a 400 there, whatever is wrong with it: of
 * no other status clients show the text.
 */
export function alertmanagerStatus({ status }: Pick<Problem, "status">): number {
  return status === 422 ? 400 : status;
}

/**
 * Returns the answer that tells of a problem.
 *
 * @example
 * ```ts
 * import { alertmanagerError } from "@/lib/alertmanager/error_answer.ts";
 * import { plainProblem } from "@/lib/protocol/problem.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const issues = [{ path: "comment", message: "is missing" }];
 * const answer = alertmanagerError({ ...plainProblem(422), detail: "Cannot silence", issues });
 * assertEquals([answer.status, await answer.json()], [400, "Cannot silence: comment is missing"]);
 * ```
 */
export function alertmanagerError(
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const { title, detail, issues = [] } = problem;
  const found = issues.map(({ path, message }) => `${path} ${message}`.trim()).join("; ");
  const text = [detail ?? title, ...found === "" ? [] : [found]].join(": ");
  return Response.json(text, { status: alertmanagerStatus(problem), headers });
}
