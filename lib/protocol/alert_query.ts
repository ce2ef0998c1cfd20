/**
 * Reads the query of `GET /api/alerts`.
 *
 * @module
 */

import { z } from "zod";

import { SERVICE_NAME, SERVICE_NAME_RULE } from "@/lib/domain/sample.ts";
import type { AlertQuery } from "@/lib/ports/monitor.ts";

import { maxLength } from "./length_checks.ts";
import { parseQuery } from "./query_params.ts";

/** The most entries of any list that can be asked for at a time. */
export const MAX_LISTED = 1_000;

/** The most characters of a cursor. */
export const MAX_CURSOR = 300;

const STATE = 'must be "active", "resolved" or "all"';
const SEVERITY = 'must be "warning" or "critical"';
const LIMIT = `must be a whole number from 1 to ${MAX_LISTED}`;
const CURSOR = `must be the cursor of a page before, at most ${MAX_CURSOR} characters`;

/**
 * How many entries at most, as a query says it.
 *
 * @ignore
 */
export const LIMIT_PARAM: z.ZodType<number> = z.string().regex(/^\d{1,4}$/, LIMIT).transform(Number)
  .refine((limit) => limit >= 1 && limit <= MAX_LISTED, LIMIT).default(100).meta({
    description: "How many at most.",
    asParam: { type: "integer", minimum: 1, maximum: MAX_LISTED, default: 100 },
  });

/**
 * Where the page before ended, as a query says it.
 *
 * @ignore
 */
export const CURSOR_PARAM: z.ZodType<string | null> = z.string()
  .check(maxLength(MAX_CURSOR, CURSOR)).nullable().default(null).meta({
    description: "Where the page before ended; see `Link`.",
  });

/**
 * The name of a service, as a query says it.
 *
 * @ignore
 */
export const SERVICE_PARAM: z.ZodType<string | null> = z.string()
  .regex(SERVICE_NAME, SERVICE_NAME_RULE).nullable().default(null).meta({
    description: "Only about this service.",
  });

const PARAMS = {
  state: z.enum(["active", "resolved", "all"], STATE).default("active").meta({
    description: "`active` are pending and firing ones.",
  }),
  service: SERVICE_PARAM,
  severity: z.enum(["warning", "critical"], SEVERITY).nullable().default(null).meta({
    description: "Only of this severity.",
  }),
  limit: LIMIT_PARAM,
  cursor: CURSOR_PARAM,
};

/**
 * What a query may say.
 *
 * @ignore
 */
export const ALERT_QUERY: z.ZodType<AlertQuery> = z.strictObject(PARAMS)
  .transform(({ cursor, ...query }) => ({ ...query, after: cursor }));

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
 * assertEquals([query.state, query.limit, query.service], ["all", 10, null]);
 * ```
 */
export function parseAlertQuery(params: URLSearchParams): AlertQuery {
  return parseQuery(params, ALERT_QUERY, Object.keys(PARAMS));
}
