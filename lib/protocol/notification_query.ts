/**
 * Reads the query of `GET /api/notifications`.
 *
 * @module
 */

import { z } from "zod";

import type { NotificationQuery } from "@/lib/ports/alert_desk.ts";

import { CURSOR_PARAM, LIMIT_PARAM, MAX_CURSOR, SERVICE_PARAM } from "./alert_query.ts";
import { maxLength } from "./length_checks.ts";
import { parseQuery } from "./query_params.ts";

const STATES = ["held", "queued", "retrying", "delivered", "failed", "dropped"] as const;

const name = (what: string) =>
  z.string().check(maxLength(MAX_CURSOR, `must be ${what}`)).nullable().default(null).meta({
    description: `Only those of it: ${what}.`,
  });

const PARAMS = {
  receiver: name("the name of a receiver"),
  service: SERVICE_PARAM,
  alert: name("the id of an alert"),
  state: z.enum(STATES, `must be one of ${STATES.join(", ")}`).nullable().default(null).meta({
    description: "Only those of which this became.",
  }),
  limit: LIMIT_PARAM,
  cursor: CURSOR_PARAM,
};

/**
 * What a query may say.
 *
 * @ignore
 */
export const NOTIFICATION_QUERY: z.ZodType<NotificationQuery> = z.strictObject(PARAMS)
  .transform(({ cursor, ...query }) => ({ ...query, before: cursor }));

/**
 * Returns which entries of the notification log a query asks for: by default the latest 100.
 *
 * @throws {ProblemError} 422 with issues if there is a parameter that is unknown, wrong, or given twice.
 */
export function parseNotificationQuery(params: URLSearchParams): NotificationQuery {
  return parseQuery(params, NOTIFICATION_QUERY, Object.keys(PARAMS));
}
