/**
 * Reads the query of the audit log.
 *
 * @module
 */

import { z } from "zod";

import type { AuditQuery } from "@/lib/ports/audit.ts";

import { LIMIT_PARAM } from "./alert_query.ts";
import { parseQuery } from "./query_params.ts";

const CURSOR = "must be the cursor of a page before";

const PARAMS = {
  limit: LIMIT_PARAM,
  cursor: z.string().regex(/^\d{1,15}$/, CURSOR).transform(Number).nullable().default(null).meta({
    description: "Where the page before ended; see `Link`.",
  }),
};

/**
 * What a query may say.
 *
 * @ignore
 */
export const AUDIT_QUERY: z.ZodType<AuditQuery> = z.strictObject(PARAMS)
  .transform(({ limit, cursor }) => ({ limit, before: cursor }));

/**
 * Returns which entries a query asks for.
 *
 * @throws {ProblemError} 422 with issues if the query is wrong.
 */
export function parseAuditQuery(params: URLSearchParams): AuditQuery {
  return parseQuery(params, AUDIT_QUERY, Object.keys(PARAMS));
}
