/**
 * How services and their past are read.
 *
 * @module
 */

import { z } from "zod";

import { formatEventsCsv, formatSamplesCsv } from "@/lib/protocol/history_csv.ts";
import { EVENTS_QUERY, HISTORY_QUERY, TIMELINE_QUERY } from "@/lib/protocol/history_query.ts";
import {
  EVENT_SCHEMA,
  HISTORY_SCHEMA,
  TIMELINE_SCHEMA,
} from "@/lib/protocol/schemas/history_schema.ts";
import { SERVICE_SCHEMA } from "@/lib/protocol/schemas/service_schema.ts";

import { A_HISTORY, A_SERVICE, A_TIMELINE, SOME_EVENTS } from "../examples.ts";
import { type Answer, answer, type AnswerHeader, type Operation } from "../operation.ts";
import { LINK, missing, NO_HISTORY, problem, VARY_ACCEPT, wrongQuery } from "../shared_answers.ts";

const PARAMS = { name: { description: "Name of the service.", example: "checkout" } };

const NO_SERVICE = missing("service", "chekout");

const WRONG_RANGE = wrongQuery({ path: "from", message: 'must be before "to", which is now' });

const CSV = "text/csv; charset=utf-8; header=present";

const DISPOSITION: AnswerHeader = {
  description: "Of CSV: the name of the file.",
  pattern: '^attachment; filename="[\\w.-]+\\.csv"$',
  required: false,
};

const NEITHER = problem(406, "Neither JSON nor CSV is accepted.", {
  detail: 'Cannot answer as "image/png": accept "application/json" or "text/csv"',
  headers: { vary: VARY_ACCEPT },
});

/** Returns an answer that comes as JSON and as CSV. */
function jsonOrCsv(
  description: string,
  { json, csv, link }: {
    readonly json: { readonly schema: z.ZodType; readonly example: unknown };
    readonly csv: string;
    readonly link?: AnswerHeader;
  },
): Answer {
  return {
    status: 200,
    description,
    headers: {
      vary: VARY_ACCEPT,
      "content-disposition": DISPOSITION,
      ...link === undefined ? {} : { link },
    },
    content: [
      { type: "application/json", ...json },
      { type: CSV, schema: { type: "string", description: "RFC 4180." }, example: csv },
    ],
  };
}

/** The operations. */
export const SERVICE_OPERATIONS: readonly Operation[] = [
  {
    id: "listServices",
    method: "get",
    path: "/api/services",
    group: "Services",
    summary: "Lists all services, worst first",
    scope: "read",
    answers: [
      answer(200, "All services, worst first, then by name.", {
        schema: z.array(SERVICE_SCHEMA),
        example: [A_SERVICE],
      }),
    ],
  },
  {
    id: "getService",
    method: "get",
    path: "/api/services/{name}",
    group: "Services",
    summary: "Shows one service",
    scope: "read",
    params: PARAMS,
    answers: [
      answer(200, "The service.", { schema: SERVICE_SCHEMA, example: A_SERVICE }),
      NO_SERVICE,
    ],
  },
  {
    id: "getHistory",
    method: "get",
    path: "/api/services/{name}/history",
    group: "Services",
    summary: "Shows its samples over time",
    description: "Samples as they came while they fit in `points`, else buckets with least, " +
      "greatest and mean. The last hour by default.",
    scope: "read",
    params: PARAMS,
    query: HISTORY_QUERY,
    queryExample: "from=-6h&points=200",
    answers: [
      jsonOrCsv("The samples of the range.", {
        json: { schema: HISTORY_SCHEMA, example: A_HISTORY },
        csv: formatSamplesCsv(A_HISTORY),
      }),
      NO_SERVICE,
      NEITHER,
      WRONG_RANGE,
      NO_HISTORY,
    ],
  },
  {
    id: "listEvents",
    method: "get",
    path: "/api/services/{name}/events",
    group: "Services",
    summary: "Lists what happened to it, newest first",
    description: "The last day by default. `Link` leads to the next page.",
    scope: "read",
    params: PARAMS,
    query: EVENTS_QUERY,
    queryExample: "from=-7d&limit=10",
    answers: [
      jsonOrCsv("The events of the range, newest first.", {
        json: { schema: z.array(EVENT_SCHEMA), example: SOME_EVENTS },
        csv: formatEventsCsv(SOME_EVENTS),
        link: LINK,
      }),
      NO_SERVICE,
      NEITHER,
      WRONG_RANGE,
      NO_HISTORY,
    ],
  },
  {
    id: "getTimeline",
    method: "get",
    path: "/api/services/{name}/timeline",
    group: "Services",
    summary: "Shows its statuses and alerts over time, and its uptime",
    description: "The last day by default.",
    scope: "read",
    params: PARAMS,
    query: TIMELINE_QUERY,
    queryExample: "from=-24h",
    answers: [
      answer(200, "The statuses of the range without holes.", {
        schema: TIMELINE_SCHEMA,
        example: A_TIMELINE,
      }),
      NO_SERVICE,
      WRONG_RANGE,
      NO_HISTORY,
    ],
  },
];
