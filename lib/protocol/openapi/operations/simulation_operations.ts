/**
 * How simulated services are told to misbehave, and how scenarios are played.
 *
 * @module
 */

import { z } from "zod";

import { FAULT_BODY } from "@/lib/protocol/fault_body.ts";
import { SCENARIO_BODY } from "@/lib/protocol/scenario_body.ts";
import {
  SCENARIO_RUN_SCHEMA,
  SCENARIO_SCHEMA,
  TOLD_SCENARIO_RUN_SCHEMA,
} from "@/lib/protocol/schemas/operator_schema.ts";
import { FAULT_SCHEMA } from "@/lib/protocol/schemas/service_schema.ts";

import { A_FAULT, A_RUN } from "../examples.ts";
import { answer, type Operation } from "../operation.ts";
import { conflict, full, LOCATION, missing, problem, wrongBody } from "../shared_answers.ts";

const FAULT_PARAMS = { id: { description: "Id of the fault.", example: A_FAULT.id } };

const NO_FAULT = missing("fault", "loyw3v28-9");

const NO_RUN = problem(404, "None is or was played.", {
  detail: "There is no scenario that is or was played",
});

const NOT_NOW = conflict("None is played, or it stands elsewhere.", "no scenario runs");

function run(state: "running" | "paused" | "stopped") {
  return answer(200, "How it stands then.", {
    schema: SCENARIO_RUN_SCHEMA,
    example: { ...A_RUN, state },
  });
}

/** The operations. */
export const SIMULATION_OPERATIONS: readonly Operation[] = [
  {
    id: "listFaults",
    method: "get",
    path: "/api/faults",
    group: "Simulation",
    summary: "Lists the faults that act",
    scope: "read",
    answers: [
      answer(200, "In the order in which they began.", {
        schema: z.array(FAULT_SCHEMA),
        example: [A_FAULT],
      }),
    ],
  },
  {
    id: "addFault",
    method: "post",
    path: "/api/faults",
    group: "Simulation",
    summary: "Makes a simulated service misbehave",
    description: "Several faults may act on a service at once.",
    scope: "operate",
    body: {
      required: true,
      content: [{
        type: "application/json",
        schema: FAULT_BODY,
        example: { service: "auth-service", kind: "cpu-spike" },
      }],
    },
    answers: [
      answer(201, "The fault, which acts from now on.", {
        schema: FAULT_SCHEMA,
        example: A_FAULT,
        headers: { location: LOCATION },
      }),
      missing("service", "atuh-service"),
      ...wrongBody({ path: "kind", message: 'must be one of "cpu-spike", "outage", got "fire"' }),
      full("Sixteen act on the service.", "auth-service has 16 faults"),
    ],
  },
  {
    id: "getFault",
    method: "get",
    path: "/api/faults/{id}",
    group: "Simulation",
    summary: "Shows one fault that acts",
    scope: "read",
    params: FAULT_PARAMS,
    answers: [answer(200, "The fault.", { schema: FAULT_SCHEMA, example: A_FAULT }), NO_FAULT],
  },
  {
    id: "endFault",
    method: "delete",
    path: "/api/faults/{id}",
    group: "Simulation",
    summary: "Ends a fault before its time",
    scope: "operate",
    params: FAULT_PARAMS,
    answers: [answer(200, "The fault.", { schema: FAULT_SCHEMA, example: A_FAULT }), NO_FAULT],
  },
  {
    id: "listScenarios",
    method: "get",
    path: "/api/scenarios",
    group: "Simulation",
    summary: "Lists the scenarios that can be played",
    scope: "read",
    answers: [
      answer(200, "As their files are now.", {
        schema: z.array(SCENARIO_SCHEMA),
        example: [{ name: A_RUN.name, summary: A_RUN.summary, durationMs: A_RUN.durationMs }],
      }),
    ],
  },
  {
    id: "getScenario",
    method: "get",
    path: "/api/scenarios/current",
    group: "Simulation",
    summary: "Shows the scenario that is played, or was last",
    scope: "read",
    answers: [
      answer(200, "How it stands, and what came of it so far.", {
        schema: TOLD_SCENARIO_RUN_SCHEMA,
        example: {
          ...A_RUN,
          events: [{ kind: "fault", atMs: 20_000, service: "auth-service", fault: "cpu-spike" }],
        },
      }),
      NO_RUN,
    ],
  },
  {
    id: "startScenario",
    method: "post",
    path: "/api/scenarios/current",
    group: "Simulation",
    summary: "Plays a scenario",
    scope: "operate",
    body: {
      required: true,
      content: [{
        type: "application/json",
        schema: SCENARIO_BODY,
        example: { name: A_RUN.name },
      }],
    },
    answers: [
      answer(201, "How it stands.", {
        schema: SCENARIO_RUN_SCHEMA,
        example: A_RUN,
        headers: { location: LOCATION },
      }),
      missing("scenario", "mondy"),
      conflict("Another is played, or it does not fit the configuration.", "one runs already"),
      ...wrongBody({ path: "name", message: "is missing; it must be the name of a scenario" }),
    ],
  },
  {
    id: "stopScenario",
    method: "delete",
    path: "/api/scenarios/current",
    group: "Simulation",
    summary: "Stops the scenario and ends its faults",
    scope: "operate",
    answers: [run("stopped"), NOT_NOW],
  },
  {
    id: "pauseScenario",
    method: "post",
    path: "/api/scenarios/current/pause",
    group: "Simulation",
    summary: "Holds the scenario",
    scope: "operate",
    answers: [run("paused"), NOT_NOW],
  },
  {
    id: "resumeScenario",
    method: "delete",
    path: "/api/scenarios/current/pause",
    group: "Simulation",
    summary: "Lets the scenario go on",
    scope: "operate",
    answers: [run("running"), NOT_NOW],
  },
];
