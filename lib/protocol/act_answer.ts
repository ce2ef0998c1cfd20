/**
 * How the outcome of an act is told over HTTP.
 *
 * @module
 */

import type { ActResult } from "@/lib/ports/alert_desk.ts";

import { ProblemError } from "./problem.ts";

/** How {@linkcode answerAct} answers. */
export interface ActAnswerOptions<Value> {
  /** What it is about, for a 404: `"no silence \"abc\""`. */
  readonly missing: string;
  /** The status when it is done. @default {200} */
  readonly status?: number;
  /** Headers when it is done. */
  readonly headers?: (value: Value) => Readonly<Record<string, string>>;
}

/**
 * Returns the answer to an act that is done: what came of it.
 *
 * @throws {ProblemError} 404, 409, 422 or 429 if it is not.
 */
export function answerAct<Value>(
  result: ActResult<Value>,
  { missing, status = 200, headers }: ActAnswerOptions<Value>,
): Response {
  const value = requireDone(result, missing);
  return Response.json(value, { status, headers: headers?.(value) ?? {} });
}

/** Returns what came of an act. */
export function requireDone<Value>(result: ActResult<Value>, missing: string): Value {
  switch (result.kind) {
    case "done":
      return result.value;
    case "unknown":
      throw new ProblemError(404, `There is ${missing}`);
    case "conflict":
      throw new ProblemError(409, `Cannot do that: ${result.reason}`);
    case "invalid":
      throw new ProblemError(422, "Cannot do that: nothing was changed", { issues: result.issues });
    case "full":
      throw new ProblemError(429, `Cannot do that: ${result.reason}`);
  }
}
