/**
 * Reads the parameters of a query.
 *
 * @module
 */

import type { z } from "zod";

import { formatPath } from "@/lib/domain/value_path.ts";
import type { InputIssue } from "@/lib/ports/monitor.ts";

import { explainIssues } from "./explain_issues.ts";
import { ProblemError } from "./problem.ts";

/**
 * Returns what a query asks for.
 *
 * @param schema A strict object; `known` are its keys.
 * @throws {ProblemError} 422 with issues if there is a parameter that is unknown, wrong, or given twice.
 *
 * @ignore
 */
export function parseQuery<Query>(
  params: URLSearchParams,
  schema: z.ZodType<Query>,
  known: readonly string[],
): Query {
  const value = Object.fromEntries(params);
  const result = schema.safeParse(value);
  const issues = [
    ...findRepeated(params),
    ...explainIssues(result.error?.issues ?? [], {
      value,
      known: () => ({ what: "parameter", names: known }),
    }),
  ];
  if (result.success && issues.length === 0) return result.data;
  throw new ProblemError(422, "Cannot read the query", { issues });
}

function findRepeated(params: URLSearchParams): InputIssue[] {
  return [...new Set(params.keys())]
    .filter((name) => params.getAll(name).length > 1)
    .map((name) => ({ path: formatPath([name]), message: "must be given once" }));
}
