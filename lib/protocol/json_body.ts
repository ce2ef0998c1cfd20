/**
 * Reads the body of an act of an operator.
 *
 * @module
 */

import type { z } from "zod";

import { explainIssues, type ExplainOptions } from "./explain_issues.ts";
import { decodeUtf8, parseJson } from "./json_text.ts";
import { ProblemError } from "./problem.ts";
import { type BodySource, readBody } from "./read_body.ts";

/** The longest body of an act, in bytes. */
export const MAX_ACT_BYTES = 16_384;

/**
 * How {@linkcode readJsonBody} reads.
 *
 * @ignore
 */
export interface JsonBodyOptions<Value> extends Pick<ExplainOptions, "known"> {
  /** What it must be. */
  readonly schema: z.ZodType<Value>;
  /** What the act is, for messages: `"acknowledge"`. */
  readonly act: string;
}

/**
 * Returns what a body says; an empty one counts as `{}`.
 *
 * @throws {ProblemError} 400 if it is not JSON, 413 if it is too long, 415 if it says to be something else, 422
 * with issues if it says something wrong.
 *
 * @ignore
 */
export async function readJsonBody<Value>(
  request: BodySource,
  { schema, act, known }: JsonBodyOptions<Value>,
): Promise<Value> {
  const text = decodeUtf8(await readBody(request, MAX_ACT_BYTES));
  if (text !== "" && !isJson(request.headers.get("content-type"))) {
    throw new ProblemError(415, `Cannot ${act}: send JSON, with content-type: application/json`, {
      headers: { "accept-post": "application/json" },
    });
  }
  const value = text === "" ? {} : parseJson(text, "the body");
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = explainIssues(result.error.issues, { value, known });
  throw new ProblemError(422, `Cannot ${act}: nothing was changed`, { issues });
}

function isJson(contentType: string | null): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType ?? "");
}
