/**
 * How silences are made and read, and how maintenance is.
 *
 * @module
 */

import { z } from "zod";

import { SILENCE_BODY, SILENCE_QUERY } from "@/lib/protocol/operator_bodies.ts";
import { MAINTENANCE_SCHEMA, SILENCE_SCHEMA } from "@/lib/protocol/schemas/operator_schema.ts";

import { A_SILENCE, A_WINDOW } from "../examples.ts";
import { answer, type Operation, type RequestBody } from "../operation.ts";
import { conflict, full, LOCATION, missing, wrongBody, wrongQuery } from "../shared_answers.ts";

const PARAMS = { id: { description: "Id of the silence.", example: A_SILENCE.id } };

const NO_SILENCE = missing("silence", "s1");

const OVER = conflict("It is over already.", "the silence has expired");

const BODY: RequestBody = {
  required: true,
  content: [{
    type: "application/json",
    schema: SILENCE_BODY,
    example: { match: { service: "checkout" }, duration: "2h", author: "Anna", reason: "deploy" },
  }],
};

const WRONG = wrongBody({
  path: "endsAt",
  message: 'is missing; it must be given, or else "duration", but not both',
});

const SHOWN = answer(200, "The silence.", { schema: SILENCE_SCHEMA, example: A_SILENCE });

/** The operations. */
export const SILENCE_OPERATIONS: readonly Operation[] = [
  {
    id: "listSilences",
    method: "get",
    path: "/api/silences",
    group: "Silences",
    summary: "Lists silences",
    scope: "read",
    query: SILENCE_QUERY,
    queryExample: "state=active",
    answers: [
      answer(200, "Active ones, then pending, then expired, each newest first.", {
        schema: z.array(SILENCE_SCHEMA),
        example: [A_SILENCE],
      }),
      wrongQuery({ path: "state", message: 'must be "active", "pending" or "expired", got "on"' }),
    ],
  },
  {
    id: "addSilence",
    method: "post",
    path: "/api/silences",
    group: "Silences",
    summary: "Makes a silence",
    description: "It holds back telling, never watching.",
    scope: "operate",
    body: BODY,
    answers: [
      answer(201, "The silence.", {
        schema: SILENCE_SCHEMA,
        example: A_SILENCE,
        headers: { location: LOCATION },
      }),
      ...WRONG,
      full("A thousand are kept, and all of them are yet to end.", "1000 silences are there"),
    ],
  },
  {
    id: "getSilence",
    method: "get",
    path: "/api/silences/{id}",
    group: "Silences",
    summary: "Shows one silence",
    scope: "read",
    params: PARAMS,
    answers: [SHOWN, NO_SILENCE],
  },
  {
    id: "changeSilence",
    method: "put",
    path: "/api/silences/{id}",
    group: "Silences",
    summary: "Replaces what is said of a silence",
    scope: "operate",
    params: PARAMS,
    body: BODY,
    answers: [SHOWN, NO_SILENCE, OVER, ...WRONG],
  },
  {
    id: "endSilence",
    method: "delete",
    path: "/api/silences/{id}",
    group: "Silences",
    summary: "Ends a silence now",
    description: "It stays to be read, as expired.",
    scope: "operate",
    params: PARAMS,
    answers: [
      answer(200, "The silence.", {
        schema: SILENCE_SCHEMA,
        example: { ...A_SILENCE, state: "expired", mutes: 0 },
      }),
      NO_SILENCE,
      OVER,
    ],
  },
  {
    id: "listMaintenance",
    method: "get",
    path: "/api/maintenance",
    group: "Silences",
    summary: "Lists the maintenance windows of the configuration",
    scope: "read",
    answers: [
      answer(200, "Those that hold now first.", {
        schema: z.array(MAINTENANCE_SCHEMA),
        example: [A_WINDOW],
      }),
    ],
  },
];
