/**
 * Reads why an HTTP answer refuses a sample. Knows no network: it takes headers and text.
 *
 * @module
 */

import { z } from "zod";

/** The longest explanation kept, in characters. */
const MAX_DETAIL = 300;

/** What is used of an RFC 9457 problem. */
const PROBLEM = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/**
 * Returns what an `application/problem+json` text says is wrong: its detail or title, and its first issue.
 * `null` if the text is something else.
 *
 * @example
 * ```ts
 * import { parseProblem } from "@/agent/answer.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseProblem('{ "title": "Unauthorized" }'), "Unauthorized");
 * assertEquals(parseProblem("<html>"), null);
 * ```
 */
export function parseProblem(text: string): string | null {
  const { data } = PROBLEM.safeParse(parseJson(text));
  if (data === undefined) return null;
  const [issue] = data.issues ?? [];
  const parts = [data.detail ?? data.title, issue && `${issue.path}: ${issue.message}`];
  const detail = parts.filter((part) => part !== undefined).join("; ").slice(0, MAX_DETAIL);
  return detail === "" ? null : detail;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
