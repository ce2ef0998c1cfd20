/**
 * How alerts are read and acknowledged.
 *
 * @module
 */

import { z } from "zod";

import { ALERT_QUERY } from "@/lib/protocol/alert_query.ts";
import { ACKNOWLEDGEMENT_BODY } from "@/lib/protocol/operator_bodies.ts";
import {
  ALERT_DETAIL_SCHEMA,
  ALERT_SCHEMA,
  EXPLAINED_ALERT_SCHEMA,
} from "@/lib/protocol/schemas/alert_schema.ts";

import { A_READ_ALERT, ALERT_ID, AN_ALERT, AN_ALERT_LIFE } from "../examples.ts";
import { answer, type Operation } from "../operation.ts";
import { conflict, LINK, missing, wrongBody, wrongQuery } from "../shared_answers.ts";

const PARAMS = { id: { description: "Id of the alert.", example: ALERT_ID } };

const NO_ALERT = missing("alert", "HIGH_CPU:checkout:1");

const ENDED = conflict("The alert has ended.", "the alert has ended");

/** The operations. */
export const ALERT_OPERATIONS: readonly Operation[] = [
  {
    id: "listAlerts",
    method: "get",
    path: "/api/alerts",
    group: "Alerts",
    summary: "Lists alerts, newest first",
    description: "Active ones by default. `Link` leads to the next page.",
    scope: "read",
    query: ALERT_QUERY,
    queryExample: "state=all&service=checkout&limit=10",
    answers: [
      answer(200, "Alerts, newest first.", {
        schema: z.array(EXPLAINED_ALERT_SCHEMA),
        example: [A_READ_ALERT],
        headers: { link: LINK },
      }),
      wrongQuery({
        path: "state",
        message: 'must be "active", "resolved" or "all", got "open"',
      }),
    ],
  },
  {
    id: "getAlert",
    method: "get",
    path: "/api/alerts/{id}",
    group: "Alerts",
    summary: "Shows one alert with its whole life, and who was told",
    scope: "read",
    params: PARAMS,
    answers: [
      answer(200, "The alert, its steps, and what was decided about telling of it.", {
        schema: ALERT_DETAIL_SCHEMA,
        example: AN_ALERT_LIFE,
      }),
      NO_ALERT,
    ],
  },
  {
    id: "acknowledgeAlert",
    method: "post",
    path: "/api/alerts/{id}/ack",
    group: "Alerts",
    summary: "Says that a person is on it",
    description:
      "No more reminders are sent. It ends with the alert. Without a body, `by` is `operator`.",
    scope: "operate",
    params: PARAMS,
    body: {
      required: false,
      content: [{
        type: "application/json",
        schema: ACKNOWLEDGEMENT_BODY,
        example: { by: "Anna", note: "on it" },
      }],
    },
    answers: [
      answer(200, "The alert.", { schema: ALERT_SCHEMA, example: AN_ALERT }),
      NO_ALERT,
      ENDED,
      ...wrongBody({ path: "by", message: "must be 1 to 64 printable characters, got 7" }),
    ],
  },
  {
    id: "unacknowledgeAlert",
    method: "delete",
    path: "/api/alerts/{id}/ack",
    group: "Alerts",
    summary: "Takes an acknowledgement back",
    scope: "operate",
    params: PARAMS,
    answers: [
      answer(200, "The alert.", {
        schema: ALERT_SCHEMA,
        example: { ...AN_ALERT, acknowledged: null },
      }),
      NO_ALERT,
      ENDED,
    ],
  },
];
