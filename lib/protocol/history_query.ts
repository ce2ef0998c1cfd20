/**
 * Reads the queries of `GET /api/services/:name/history`, `events` and `timeline`.
 *
 * @module
 */

import { z } from "zod";

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import type { EventsQuery, SamplesQuery } from "@/lib/ports/history.ts";

import { LIMIT_PARAM, MAX_CURSOR } from "./alert_query.ts";
import { FORM_PARAM, type HistoryForm } from "./history_form.ts";
import { maxLength, minLength } from "./length_checks.ts";
import { parseQuery } from "./query_params.ts";
import { type RangeText, resolveRange, TIME_PARAM } from "./time_param.ts";

/** The most points of a series that can be asked for. */
export const MAX_POINTS = 5_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const POINTS = `must be a whole number from 1 to ${MAX_POINTS}`;
const BEFORE = `must be the id of an event, 1 to ${MAX_CURSOR} characters`;

const POINTS_PARAM = z.string().regex(/^\d{1,4}$/, POINTS).transform(Number)
  .refine((points) => points >= 1 && points <= MAX_POINTS, POINTS).default(500).meta({
    description: "How many at most for each metric.",
    asParam: { type: "integer", minimum: 1, maximum: MAX_POINTS, default: 500 },
  });

const BEFORE_PARAM = z.string().check(minLength(1, BEFORE), maxLength(MAX_CURSOR, BEFORE))
  .nullable().default(null)
  .meta({
    description: "Only those before the event of this id; see `Link`.",
  });

const TIME =
  "Epoch milliseconds, ISO 8601 (times of day with their zone), or a duration before now such as `-6h`.";

const RANGE = {
  from: TIME_PARAM.meta({ description: `Beginning of the range, included. ${TIME}` }),
  to: TIME_PARAM.meta({ description: `End of the range, left out; now by default. ${TIME}` }),
};
const HISTORY = { ...RANGE, points: POINTS_PARAM, format: FORM_PARAM };
const EVENTS = { ...RANGE, limit: LIMIT_PARAM, before: BEFORE_PARAM, format: FORM_PARAM };

/**
 * What a query of samples may say, before its times become instants.
 *
 * @ignore
 */
export const HISTORY_QUERY: z.ZodType<RangeText & Pick<HistoryParams, "points" | "format">> = z
  .strictObject(HISTORY);

/**
 * What a query of events may say, before its times become instants.
 *
 * @ignore
 */
export const EVENTS_QUERY: z.ZodType<
  RangeText & Pick<EventsParams, "limit" | "before" | "format">
> = z.strictObject(EVENTS);

/**
 * What a query of a timeline may say, before its times become instants.
 *
 * @ignore
 */
export const TIMELINE_QUERY: z.ZodType<RangeText> = z.strictObject(RANGE);

/** The form that a query asks for. */
export interface FormQuery {
  /** `null` if the query leaves that to `Accept`. */
  readonly format: HistoryForm | null;
}

/** What a query says about samples; the service is in the path. */
export type HistoryParams = Omit<SamplesQuery, "service"> & FormQuery;

/** What a query says about events; the service is in the path. */
export type EventsParams = Omit<EventsQuery, "service"> & FormQuery;

/**
 * Returns which samples a query asks for: by default those of the last hour, 500 points at most.
 *
 * @throws {ProblemError} 422 with issues if there is a parameter that is unknown, wrong, or given twice.
 *
 * @example
 * ```ts
 * import { parseHistoryQuery } from "@/lib/protocol/history_query.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const query = parseHistoryQuery(new URLSearchParams("from=-6h"), 1_700_000_000_000);
 * assertEquals([query.from, query.points], [1_699_978_400_000, 500]);
 * ```
 */
export function parseHistoryQuery(params: URLSearchParams, now: Instant): HistoryParams {
  const schema = HISTORY_QUERY.transform(rangeOf({ now, defaultMs: HOUR_MS }));
  return parseQuery(params, schema, Object.keys(HISTORY));
}

/**
 * Returns which events a query asks for: by default the latest 100 of the last day.
 *
 * @throws {ProblemError} 422 with issues if there is a parameter that is unknown, wrong, or given twice.
 */
export function parseEventsQuery(params: URLSearchParams, now: Instant): EventsParams {
  const schema = EVENTS_QUERY.transform(rangeOf({ now, defaultMs: DAY_MS }));
  return parseQuery(params, schema, Object.keys(EVENTS));
}

/**
 * Returns over which range a query asks for statuses: by default over the last day.
 *
 * @throws {ProblemError} 422 with issues if there is a parameter that is unknown, wrong, or given twice.
 */
export function parseTimelineQuery(params: URLSearchParams, now: Instant): TimeSpan {
  const schema = TIMELINE_QUERY.transform(rangeOf({ now, defaultMs: DAY_MS }));
  return parseQuery(params, schema, Object.keys(RANGE));
}

/** Returns a step of a schema that turns the texts of a range into instants and leaves the rest as it is. */
function rangeOf(options: Parameters<typeof resolveRange>[1]) {
  return <Query extends RangeText>(
    query: Query,
    context: z.core.$RefinementCtx,
  ): Omit<Query, keyof TimeSpan> & TimeSpan => {
    const resolved = resolveRange(query, options);
    if (resolved.kind === "range") return { ...query, ...resolved.range };
    const { param, message } = resolved.issue;
    context.addIssue({ code: "custom", path: [param], message });
    return z.NEVER;
  };
}
