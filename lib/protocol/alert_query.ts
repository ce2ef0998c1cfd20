/**
 * Reads the query of `GET /api/alerts`.
 *
 * @module
 */

import { z } from "zod";

import { quote } from "@/lib/domain/quote.ts";
import { SERVICE_NAME, SERVICE_NAME_RULE } from "@/lib/domain/sample.ts";
import { suggest } from "@/lib/domain/suggest.ts";
import { formatPath } from "@/lib/domain/value_path.ts";
import type { AlertQuery, InputIssue } from "@/lib/ports/monitor.ts";

import { ProblemError } from "./problem.ts";

/** The most alerts that can be asked for at a time. */
export const MAX_ALERTS = 1_000;

const STATE = 'must be "active", "resolved" or "all"';
const SEVERITY = 'must be "warning" or "critical"';
const LIMIT = `must be a whole number from 1 to ${MAX_ALERTS}`;

/** The schema of the query. Error texts complete "the value …". */
const ALERT_QUERY: z.ZodType<AlertQuery> = z.strictObject({
  state: z.enum(["active", "resolved", "all"], STATE).default("active"),
  service: z.string().regex(SERVICE_NAME, SERVICE_NAME_RULE).nullable().default(null),
  severity: z.enum(["warning", "critical"], SEVERITY).nullable().default(null),
  after: z.string().max(300).nullable().default(null),
  limit: z.string().regex(/^\d{1,4}$/, LIMIT).transform(Number)
    .refine((limit) => limit >= 1 && limit <= MAX_ALERTS, LIMIT).default(100),
});

const KNOWN = ["state", "service", "severity", "limit", "after"];

/**
 * Returns which alerts a query asks for: by default the latest 100 active ones of all services.
 *
 * @throws {ProblemError} 422 with issues if there is a parameter that is unknown, wrong, or given twice.
 *
 * @example
 * ```ts
 * import { parseAlertQuery } from "@/lib/protocol/alert_query.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const query = parseAlertQuery(new URLSearchParams("state=all&limit=10"));
 * assertEquals(query, {
 *   ...{ state: "all", service: null, severity: null, after: null, limit: 10 },
 * });
 * ```
 */
export function parseAlertQuery(params: URLSearchParams): AlertQuery {
  const result = ALERT_QUERY.safeParse(Object.fromEntries(params));
  const issues = [
    ...findRepeated(params),
    ...(result.error?.issues.flatMap((issue) => explain(issue, params)) ?? []),
  ];
  if (result.success && issues.length === 0) return result.data;
  throw new ProblemError(422, "Cannot read the query", { issues });
}

function findRepeated(params: URLSearchParams): InputIssue[] {
  return [...new Set(params.keys())]
    .filter((name) => params.getAll(name).length > 1)
    .map((name) => ({ path: formatPath([name]), message: "must be given once" }));
}

function explain(issue: z.core.$ZodIssue, params: URLSearchParams): InputIssue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: formatPath([key]),
      message: `unknown parameter${suggest(key, KNOWN)}`,
    }));
  }
  const name = String(issue.path[0]);
  return [{ path: name, message: `${issue.message}, got ${quote(params.get(name))}` }];
}
