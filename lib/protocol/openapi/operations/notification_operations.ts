/**
 * How it is read who was told of what, and how a receiver is tried out.
 *
 * @module
 */

import { z } from "zod";

import { NOTIFICATION_QUERY } from "@/lib/protocol/notification_query.ts";
import {
  NOTIFICATION_COUNTS_SCHEMA,
  NOTIFICATION_SCHEMA,
  RECEIVER_SCHEMA,
  TEST_DELIVERY_SCHEMA,
} from "@/lib/protocol/schemas/notification_schema.ts";

import { A_NOTIFICATION, A_RECEIVER } from "../examples.ts";
import { answer, type Operation } from "../operation.ts";
import { LINK, missing, problem, wrongQuery } from "../shared_answers.ts";

/** The operations. */
export const NOTIFICATION_OPERATIONS: readonly Operation[] = [
  {
    id: "listReceivers",
    method: "get",
    path: "/api/receivers",
    group: "Notifications",
    summary: "Lists who is told, and how that goes",
    scope: "read",
    answers: [
      answer(200, "In the order of the configuration.", {
        schema: z.array(RECEIVER_SCHEMA),
        example: [A_RECEIVER],
      }),
    ],
  },
  {
    id: "testReceiver",
    method: "post",
    path: "/api/receivers/{name}/test",
    group: "Notifications",
    summary: "Tries a receiver out",
    description: "A test goes out at once, past queue and rate. A body means nothing.",
    scope: "operate",
    params: { name: { description: "Name of the receiver.", example: "log" } },
    answers: [
      answer(200, "It was delivered.", {
        schema: TEST_DELIVERY_SCHEMA,
        example: { result: "delivered", detail: "written to the log" },
      }),
      missing("receiver", "oops"),
      problem(502, "It could not be delivered.", { detail: "Cannot deliver to ops: HTTP 503" }),
    ],
  },
  {
    id: "listNotifications",
    method: "get",
    path: "/api/notifications",
    group: "Notifications",
    summary: "Lists decisions about telling, newest first",
    description: "Each decision to tell somebody or not, and what came of it. " +
      "`Link` leads to the next page.",
    scope: "read",
    query: NOTIFICATION_QUERY,
    queryExample: "receiver=log&limit=10",
    answers: [
      answer(200, "Entries of the notification log, newest first.", {
        schema: z.array(NOTIFICATION_SCHEMA),
        example: [A_NOTIFICATION],
        headers: { link: LINK },
      }),
      wrongQuery({
        path: "limit",
        message: 'must be a whole number from 1 to 1000, got "0"',
      }),
    ],
  },
  {
    id: "countNotifications",
    method: "get",
    path: "/api/notifications/counts",
    group: "Notifications",
    summary: "Counts decisions and deliveries",
    scope: "read",
    answers: [
      answer(200, "Counted since the start.", {
        schema: NOTIFICATION_COUNTS_SCHEMA,
        example: {
          decisions: { first: 3, resolved: 2, silenced: 1 },
          receivers: {
            log: {
              ...{ posted: 5, delivered: 5, failed: 0, dropped: 0, attempts: 5, retries: 0 },
            },
          },
        },
      }),
    ],
  },
];
